import type { TargetControl } from '../../shared/plan';
import type { TargetSpec } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';

/** How an app that is not ours to run is switched; null: it is ours. Throws `UserError` where that does not go together. */
export function planControl(name: string, spec: TargetSpec): TargetControl | null {
  const { start, stop, collectorUrl } = spec;
  if (!start) {
    const lone = stop ? '"stop"' : collectorUrl === undefined ? null : '"collectorUrl"';
    if (lone === null) return null;
    throw wrong(name, `has ${lone} but no "start"`, `Add "start": [...], or take ${lone} out.`);
  }
  if (spec.command)
    throw wrong(name, 'has both "command" and "start"', 'Keep "command" for an app that we are to run.');
  if (!stop) {
    throw wrong(
      name,
      'has "start" but no "stop"',
      'Add "stop": [...]: an app sends the last of its telemetry when it ends, and each trial wants an app of its own.',
    );
  }
  if (spec.url === undefined)
    throw wrong(name, 'has "start" but no "url"', 'Say where it answers: "url": "http://…:8000".');
  if (spec.companions.length > 0) {
    throw wrong(name, 'has companions, which would run on this machine', 'Start and stop them in "start" and "stop".');
  }
  const kinds = Object.keys(spec.reset ?? {}).filter((kind) => kind !== 'command');
  if (kinds.length > 0) {
    throw wrong(
      name,
      `has "reset" of the kind ${kinds.join(', ')}, which would be on this machine`,
      'Use "reset": { "command": [...] }, or let "start" begin with a fresh state.',
    );
  }
  return { start, stop, collectorUrl: collectorUrl === undefined ? null : parseCollectorUrl(name, collectorUrl) };
}

/** Without a slash at its end, as Honeybadger wants its endpoint. */
function parseCollectorUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' && url.port !== '' && url.pathname === '/') return url.origin;
  throw wrong(
    name,
    `has a "collectorUrl" that is not http://HOST:PORT: ${text}`,
    'Name an address of this machine that the app reaches, and a free port; or a tunnel to that port: ssh -R 9100:127.0.0.1:9100.',
  );
}

function wrong(name: string, what: string, hint: string): UserError {
  return new UserError('usage', `The target ${name} ${what}`, { hint });
}
