import path from 'node:path';
import stringArgv from 'string-argv';
import { targetSchema, type TargetSpec } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { isLoopback } from './isLoopback';

/** The target that `--command` and `--url` name. Throws `UserError` for an address that is not plain http on this machine. */
export function adHocTarget(adHoc: NonNullable<RunRequest['adHoc']>): {
  readonly name: string;
  readonly spec: TargetSpec;
} {
  const url = parseOrigin(adHoc.url);
  const command = stringArgv(adHoc.command);
  if (command.length === 0)
    throw new UserError('usage', '--command is empty', { hint: 'Write the command that starts the app.' });
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return {
    name: 'app',
    spec: targetSchema.parse({
      command,
      url: url.origin,
      port,
      ready: adHoc.ready ?? (url.pathname || '/'),
      cwd: adHoc.cwd === undefined ? '.' : path.resolve(adHoc.cwd),
    }),
  };
}

/** A loopback address. Throws `UserError` for any other. */
export function parseOrigin(text: string): URL {
  if (!URL.canParse(text)) {
    throw new UserError('usage', `--url is no address: ${text}`, { hint: 'Write it as http://127.0.0.1:8000.' });
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' || !isLoopback(text)) {
    throw new UserError('usage', `--url must be plain http on this machine: ${text}`, {
      hint: 'Use http://127.0.0.1:PORT; other machines come with a later version.',
    });
  }
  return url;
}
