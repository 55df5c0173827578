import path from 'node:path';
import stringArgv from 'string-argv';
import { targetSchema, type TargetSpec } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { isLoopback } from '../isLoopback';

/** The target that `--command` and `--url` name. Throws `UserError` for an address that is not plain http on this machine. */
export function adHocTarget(adHoc: NonNullable<RunRequest['adHoc']>): {
  readonly name: string;
  readonly spec: TargetSpec;
} {
  const url = parseOrigin(adHoc.url);
  const command = stringArgv(adHoc.command);
  if (command.length === 0)
    throw new UserError('usage', '--command is empty', { hint: 'Write the command that starts the app.' });
  return {
    name: 'app',
    spec: targetSchema.parse({
      command,
      url: url.origin,
      port: portOf(url),
      ready: adHoc.ready ?? (url.pathname || '/'),
      cwd: adHoc.cwd === undefined ? '.' : path.resolve(adHoc.cwd),
    }),
  };
}

export interface OriginLimits {
  /** We start what answers there, so that it is on this machine. */
  readonly isOurs: boolean;
  /** Another machine's name that load may be sent to. */
  readonly acceptedHost: string | null;
}

const ours: OriginLimits = { isOurs: true, acceptedHost: null };

/** Where load goes: plain http, and another machine only where it was named twice. Throws `UserError` for any other address. */
export function parseOrigin(text: string, { isOurs, acceptedHost }: OriginLimits = ours): URL {
  if (!URL.canParse(text)) {
    throw new UserError('usage', `The url is no address: ${text}`, { hint: 'Write it as http://127.0.0.1:8000.' });
  }
  const url = new URL(text);
  if (url.protocol !== 'http:') {
    throw new UserError('usage', `The url must be plain http: ${text}`, {
      hint: 'Name the port of the app itself, behind whatever ends TLS before it.',
    });
  }
  if (isLoopback(text)) return url;
  if (isOurs) {
    throw new UserError('usage', `A command starts the app on this machine, but the url is of another: ${text}`, {
      hint: 'Use http://127.0.0.1:PORT; an app elsewhere is switched by "start" and "stop" in the project file.',
    });
  }
  if (acceptedHost !== url.hostname) {
    throw new UserError('usage', `${url.hostname} is not this machine: load would be sent to it, from here`, {
      hint: `If it is yours to load, and nobody else uses it meanwhile, run it again with --accept-host ${url.hostname}`,
    });
  }
  return url;
}

export function portOf(url: URL): number {
  return Number(url.port || 80);
}
