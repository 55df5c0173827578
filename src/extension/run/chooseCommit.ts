import * as vscode from 'vscode';
import { askGit, findRepository } from '../../core/project/repository';
import { commitRows, refFormat } from './commitRows';

const mostRefs = 50;

/** The commit that the files as they are now are compared with; undefined when none is chosen. Throws `UserError` outside of a repository. */
export async function chooseCommit(folder: string): Promise<string | undefined> {
  const repository = await findRepository(folder);
  const [refs, head] = await Promise.all([
    askGit(repository, [
      ...['for-each-ref', '--sort=-committerdate', `--count=${mostRefs}`, `--format=${refFormat}`],
      ...['refs/heads', 'refs/remotes', 'refs/tags'],
    ]),
    askGit(repository, ['log', '-1', '--format=%h%x00%cr%x00%s']),
  ]);
  const another = {
    label: 'Another commit…',
    description: 'a hash, HEAD~3, main@{yesterday}',
    detail: '',
    revision: null,
  };
  const picked = await vscode.window.showQuickPick([...commitRows(refs ?? '', head ?? ''), another], {
    title: 'Compare with a Commit',
    placeHolder: 'Which commit is the baseline? It is compared with the files as they are now',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  if (picked.revision !== null) return picked.revision;
  return vscode.window.showInputBox({ title: 'Compare with a Commit', prompt: 'A commit as git knows it' });
}
