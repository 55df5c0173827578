import { copyFile, lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Revision } from '../../shared/plan';
import { UserError } from '../../shared/userError';
import { isInside } from '../isInside';
import { isNeverCopied } from '../target/projectCopy';
import { askGit } from '../project/repository';

/**
 * Writes the files of a commit into `folder`, as a checkout would have them. Of the repository only objects are read: neither its work tree
 * nor its index, branches or list of work trees change. Files of submodules are left out.
 */
export async function checkOutCommit(
  { repository, name, commit }: Revision,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const index = `${folder}.index`;
  const options = { environment: { GIT_INDEX_FILE: index }, signal };
  const isRead = await askGit(repository, ['read-tree', commit], options);
  const isWritten =
    isRead !== null &&
    (await askGit(repository, ['checkout-index', '--all', '--force', `--prefix=${folder}${path.sep}`], options));
  await rm(index, { force: true });
  if (isWritten === false || isWritten === null) {
    throw new UserError('target', `The files of ${name} (${commit.slice(0, 10)}) could not be written`, {
      hint: 'Is there room on the disk, and are all objects there? ("git fsck" tells.)',
    });
  }
}

/** The same with what the user has changed since, and new files that git does not ignore. */
export async function checkOutWorkTree(head: Revision, folder: string, signal: AbortSignal): Promise<void> {
  await checkOutCommit(head, folder, signal);
  const { repository } = head;
  const changed = namesIn(await askGit(repository, ['diff', '--name-only', '--no-renames', '-z', 'HEAD'], { signal }));
  const added = namesIn(await askGit(repository, ['ls-files', '--others', '--exclude-standard', '-z'], { signal }));
  for (const name of [...changed, ...withoutEnvironments(added)]) {
    signal.throwIfAborted();
    await copyOne(path.join(repository, name), path.join(folder, name));
  }
}

function namesIn(listed: string | null): string[] {
  return (listed ?? '').split('\0').filter((name) => name !== '');
}

/** Nobody wants ten thousand files of a virtual environment that somebody forgot to ignore. */
function withoutEnvironments(names: readonly string[]): string[] {
  const environments = names
    .filter((name) => path.posix.basename(name) === 'pyvenv.cfg')
    .map((name) => path.posix.dirname(name));
  return names.filter(
    (name) => !name.split('/').some(isNeverCopied) && !environments.some((environment) => isInside(name, environment)),
  );
}

/** A file or a link as it is now; one that is gone goes. */
async function copyOne(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => null);
  await rm(to, { recursive: true, force: true });
  if (found === null || found.isDirectory()) return;
  await mkdir(path.dirname(to), { recursive: true });
  await (found.isSymbolicLink() ? symlink(await readlink(from), to) : copyFile(from, to));
}
