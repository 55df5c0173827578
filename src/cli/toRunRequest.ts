import { nearestOf } from '../core/project/nearestOf';
import { outageModes, type OutageMode } from '../shared/outage';
import { reportFormats, runRequestSchema, type ReportFormat, type RunRequest } from '../shared/runRequest';
import { UserError } from '../shared/userError';
import type { RunOptionValues } from './runOptions';

/** The words and options of `run` or `aa` as a request. Throws `UserError` for anything that is no request. */
export function toRunRequest(
  purpose: RunRequest['purpose'],
  words: readonly string[],
  options: RunOptionValues,
  environment: Readonly<Record<string, string | undefined>>,
): RunRequest {
  const { folder, scenario, targets } = readWords(words);
  const behaviour = options.behaviour ?? options.behavior;
  const adHoc = readAdHoc(options);
  return runRequestSchema.parse({
    purpose,
    folder,
    scenario: scenario ?? environment['INSIGHTS_COMPARISON_SCENARIO'],
    targets,
    ...defined({
      configFile: options.config,
      behaviour,
      out: options.out,
      endpoint: options.endpoint,
      acceptedEvents: options.acceptEvents,
      acceptedHost: options.acceptHost,
      stack: options.stack,
      engine: options.engine ?? (options.locustfile === undefined ? undefined : 'locust'),
      workers: options.workers,
      remoteWorkers: options.remoteWorkers,
      masterBind: options.masterBind,
      locustFile: options.locustfile,
      base: options.base,
      head: options.head,
      adHoc,
    }),
    variantFiles: (options.variant ?? []).map(readVariant),
    variantNames: list(options.variants),
    environment: (options.env ?? []).map(readAssignment),
    ...defined({
      users: options.users,
      spawnRatePerSecond: options.spawnRate,
      ratePerSecond: options.rate,
      arrivals: options.arrivals,
      durationSeconds: options.duration,
      blocks: options.blocks,
      until: options.until,
      trialSeconds: options.trial,
      warmupSeconds: options.warmup,
      seed: options.seed,
    }),
    userClasses: [...(options.userClass ?? [])],
    hasCapacity: options.capacity ?? true,
    outages: readOutages(options.outage ?? [], purpose),
    setRequirements: [...(options.setRequirement ?? [])],
    budgets: [...(options.budget ?? [])],
    isPinned: options.pin ?? false,
    isForced: options.force ?? false,
    failOnInconclusive: options.failOn === 'inconclusive',
    ...(options.report === undefined ? {} : { reports: readFormats(options.report) }),
  });
}

function defined<T extends object>(values: T): Partial<T> {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- only undefined values were left out
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** The first word is the folder when it is `.`, `..` or holds a path separator, else the scenario. */
export function readWords(words: readonly string[]): {
  folder: string;
  scenario: string | undefined;
  targets: string[];
} {
  const [first] = words;
  const isFolder = first !== undefined && (first === '.' || first === '..' || /[\\/]/.test(first));
  const rest = isFolder ? words.slice(1) : words;
  return { folder: isFolder ? first : '.', scenario: rest[0], targets: rest.slice(1) };
}

function readAdHoc(options: RunOptionValues): RunRequest['adHoc'] {
  const { command, url, ready, cwd } = options;
  if (command === undefined && url === undefined && ready === undefined && cwd === undefined) return undefined;
  if (command === undefined || url === undefined) {
    const missing = command === undefined ? '--command' : '--url';
    throw new UserError('usage', `${missing} is missing`, {
      hint: 'An app of your own needs both: --command "gunicorn -b 127.0.0.1:8000 app:app" --url http://127.0.0.1:8000.',
    });
  }
  return { command, url, ...defined({ ready, cwd }) };
}

function readVariant(text: string): { name: string; envFile: string | null } {
  const [, name, envFile] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined) {
    throw new UserError('usage', `--variant ${text} has no "="`, {
      hint: 'Write --variant NAME=ENVFILE, or NAME= for the app as it is.',
    });
  }
  return { name, envFile: envFile === '' || envFile === undefined ? null : envFile };
}

function readAssignment(text: string): { variant: string; key: string; value: string } {
  const [, variant, key, value] = /^([^:]+):([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
  if (variant === undefined || key === undefined) {
    throw new UserError('usage', `--env ${text} is not VARIANT:KEY=VALUE`, {
      hint: 'For example --env with_insights:HONEYBADGER_EVENTS_SAMPLE_RATE=50.',
    });
  }
  return { variant, key, value: value ?? '' };
}

function readOutages(texts: readonly string[], purpose: RunRequest['purpose']): OutageMode[] {
  if (texts.length > 0 && purpose === 'aa') {
    throw new UserError('usage', '--outage has no place in a comparison of the baseline with itself', {
      hint: 'Use it with run.',
    });
  }
  return texts.flatMap(list).map((word) => {
    const mode = outageModes.find((known) => known === word);
    if (!mode) throw new UserError('usage', `There is no outage ${word}`, { hint: nearestOf(word, outageModes) });
    return mode;
  });
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The formats of `--report` and `--format`. Throws `UserError` for one that there is not. */
export function readFormats(text: string): ReportFormat[] {
  return list(text).map((word) => {
    const format = reportFormats.find((known) => known === word);
    if (!format) {
      throw new UserError('usage', `There is no report format ${word}`, {
        hint: `There are: ${reportFormats.join(', ')}.`,
      });
    }
    return format;
  });
}
