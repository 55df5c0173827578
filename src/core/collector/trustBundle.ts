import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { UserError } from '../../shared/userError';

export interface TrustBundleOptions {
  /** The target's own interpreter: what it trusts by default was fixed when it was built. */
  readonly pythonPath: string;
  readonly certificateAuthorityPem: string;
  /** Where the bundle is written; created when missing. */
  readonly folder: string;
  /** The environment that the target will have, without what this function returns. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const questionTimeoutMs = 20_000;
const marker = 'insights-comparison:';
// The last line that starts with the marker counts: a sitecustomize may print things of its own.
const question = `import json, ssl; print(${JSON.stringify(marker)} + json.dumps(ssl.get_default_verify_paths()._asdict()))`;

const verifyPathsSchema = z.object({
  /** Null unless the file is there. SSL_CERT_FILE is looked at first. */
  cafile: z.string().nullable(),
  openssl_cafile_env: z.string(),
});
type VerifyPaths = z.infer<typeof verifyPathsSchema>;

/**
 * Writes a file of trusted certificates that holds what the target's Python trusts anyway and the collector's authority, and
 * returns the environment that makes it used. The same for every variant.
 *
 * honeybadger calls bare `urlopen`. Up to Python 3.11 that builds a TLS context, and so reads all trusted certificates, for each
 * batch and each notice: measured 25 ms of CPU with a distribution's 220-kB bundle, 1.8 ms with one certificate. (From 3.12 on
 * the opener that `urlopen` keeps holds one context, built at the first call: `urllib.request.HTTPSHandler`.) That is part of
 * what Insights costs, often the larger part, so the bundle must stay as large as it is in real life: a bundle file is copied
 * with our authority appended; without one (only a directory, where OpenSSL looks certificates up one by one when it needs
 * them) the file holds our authority alone. Directories (SSL_CERT_DIR) and REQUESTS_CA_BUNDLE are left as they are.
 *
 * Throws a `UserError` when the interpreter cannot be asked.
 */
export async function writeTrustBundle(options: TrustBundleOptions): Promise<Readonly<Record<string, string>>> {
  await mkdir(options.folder, { recursive: true });
  const paths = await askVerifyPaths(options);
  const trusted = paths.cafile === null ? '' : await readBundle(paths.cafile);
  const separator = trusted === '' || trusted.endsWith('\n') ? '' : '\n';
  const bundle = join(options.folder, 'trusted-certificates.pem');
  await writeFile(bundle, `${trusted}${separator}${options.certificateAuthorityPem}`, 'latin1');
  return { [paths.openssl_cafile_env]: bundle };
}

async function askVerifyPaths({ pythonPath, folder, environment, signal }: TrustBundleOptions): Promise<VerifyPaths> {
  try {
    // Run in our own folder: with `-c`, Python looks for modules in the current one first.
    const { stdout } = await promisify(execFile)(pythonPath, ['-c', question], {
      cwd: folder,
      env: { ...environment },
      timeout: questionTimeoutMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
      ...(signal ? { signal } : {}),
    });
    const answer = stdout.split(/\r?\n/).findLast((line) => line.startsWith(marker));
    return verifyPathsSchema.parse(JSON.parse(answer?.slice(marker.length) ?? ''));
  } catch (error) {
    signal?.throwIfAborted();
    throw new UserError('target', `${pythonPath} could not say which certificates it trusts: ${lastLine(error)}`, {
      hint: `Check that \`${pythonPath} -c "import ssl"\` works, or measure over plain HTTP with --endpoint local-http (an underestimate).`,
      cause: error,
    });
  }
}

async function readBundle(path: string): Promise<string> {
  try {
    // latin1 keeps every byte: bundles carry comments in any encoding.
    return await readFile(path, 'latin1');
  } catch (error) {
    throw new UserError('target', `The file of trusted certificates ${path} cannot be read: ${lastLine(error)}`, {
      hint: 'Make it readable, or point SSL_CERT_FILE to one that is.',
      cause: error,
    });
  }
}

/** The last line of a failed process's stderr or of an error's message: the one that names the cause. */
function lastLine(error: unknown): string {
  const stderr =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  const text = stderr !== '' ? stderr : error instanceof Error ? error.message : String(error);
  return text.split('\n').at(-1) ?? '';
}
