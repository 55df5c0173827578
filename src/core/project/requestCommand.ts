import { isSecretName } from '../../shared/isSecretName';
import type { RunRequest } from '../../shared/runRequest';

/**
 * The command line that repeats a request with the same random choices, quoted for a POSIX shell. Values of variables whose
 * names sound secret are left out (`KEY=…`).
 */
export function requestCommand(
  request: RunRequest,
  resolved: { readonly seed: number; readonly scenario: string; readonly target: string },
): string {
  const words = ['insights-comparison', request.purpose === 'aa' ? 'aa' : 'run', '.', resolved.scenario];
  if (!request.adHoc) words.push(resolved.target);
  const add = (flag: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(flag, quoteForShell(String(value)));
  };
  add('--config', request.configFile);
  for (const { name, envFile } of request.variantFiles) add('--variant', `${name}=${envFile ?? ''}`);
  if (request.variantNames.length > 0) add('--variants', request.variantNames.join(','));
  for (const { variant, key, value } of request.environment)
    add('--env', `${variant}:${key}=${isSecretName(key) ? '…' : value}`);
  if (request.adHoc) {
    add('--command', request.adHoc.command);
    add('--url', request.adHoc.url);
    add('--ready', request.adHoc.ready);
    add('--cwd', request.adHoc.cwd);
  }
  add('--behaviour', request.behaviour);
  add('--users', request.users);
  add('--spawn-rate', request.spawnRatePerSecond);
  add('--rate', request.ratePerSecond);
  add('--arrivals', request.arrivals);
  add('--duration', request.durationSeconds === undefined ? undefined : `${request.durationSeconds}s`);
  add('--blocks', request.blocks);
  add('--until', request.until === undefined ? undefined : `${Number((request.until * 100).toPrecision(12))}%`);
  add('--trial', request.trialSeconds === undefined ? undefined : `${request.trialSeconds}s`);
  add('--warmup', request.warmupSeconds === undefined ? undefined : `${request.warmupSeconds}s`);
  if (!request.hasCapacity) words.push('--no-capacity');
  if (request.isPinned) words.push('--pin');
  add('--endpoint', request.endpoint);
  add('--stack', request.stack);
  add('--engine', request.engine);
  add('--workers', request.workers);
  add('--remote-workers', request.remoteWorkers);
  add('--master-bind', request.masterBind);
  add('--locustfile', request.locustFile);
  for (const name of request.userClasses) add('--user-class', name);
  add('--base', request.base);
  add('--head', request.head);
  for (const spec of request.setRequirements) add('--set-requirement', spec);
  if (request.outages.length > 0) add('--outage', request.outages.join(','));
  for (const budget of request.budgets) add('--budget', budget);
  add('--seed', resolved.seed);
  return words.join(' ');
}

/** A word as a POSIX shell reads it back: as it is where that is safe, else in single quotes. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
