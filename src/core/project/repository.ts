import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Revision } from '../../shared/plan';
import { UserError } from '../../shared/userError';

const timeoutMs = 120_000;
/** In a hook git names its repository by these, whatever folder it is asked in. */
const elsewhere = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, GIT_PREFIX: undefined };

/** Runs git in a folder and returns what it printed; null where it failed. Takes no lock of the repository: its index stays as it is. */
export async function askGit(
  folder: string,
  words: readonly string[],
  more: { readonly environment?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
): Promise<string | null> {
  const result = await execa('git', ['--no-optional-locks', ...words], {
    cwd: folder,
    env: { ...elsewhere, LC_ALL: 'C', ...more.environment },
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    timeout: timeoutMs,
    maxBuffer: 256 * 2 ** 20,
    ...(more.signal ? { cancelSignal: more.signal } : {}),
  });
  more.signal?.throwIfAborted();
  return result.exitCode === 0 ? result.stdout : null;
}

/** The top folder of the work tree that a folder lies in, by the same way to it. Throws `UserError` ('usage') where there is none. */
export async function findRepository(folder: string): Promise<string> {
  const up = await askGit(folder, ['rev-parse', '--show-cdup']);
  if (up === null) {
    throw new UserError('usage', `${folder} is in no git repository, so there are no commits to compare`, {
      hint: 'Leave out --base and --head, or name a folder of a repository. (Is git installed?)',
    });
  }
  const repository = path.resolve(folder, up.trim());
  const real = ((await askGit(folder, ['rev-parse', '--show-toplevel'])) ?? '').trim();
  if ((await realpath(repository).catch(() => null)) !== (await realpath(real).catch(() => real))) {
    throw new UserError('usage', `${folder} leads into its repository by a link`, {
      hint: `Name the folder by its own path: below ${real}.`,
    });
  }
  return repository;
}

/** Throws `UserError` ('usage') for a name that is no commit of the repository. */
export async function resolveRevision(repository: string, name: string): Promise<Revision> {
  const commit = await askGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (commit === null) {
    throw new UserError('usage', `There is no commit ${name} in ${repository}`, {
      hint: `"git log ${name}" must know it. A shallow clone, as CI makes it, has one commit: fetch the other (actions/checkout: fetch-depth: 0).`,
    });
  }
  return { repository, name, commit: commit.trim() };
}

/** Whether the work tree holds anything that its commit does not: changed, or new and not ignored. */
export async function hasChanges(repository: string): Promise<boolean> {
  const said = await askGit(repository, ['status', '--porcelain']);
  return said !== null && said.trim() !== '';
}
