/** A commit that can be chosen as a baseline. */
export interface CommitRow {
  /** What git calls it: `main`, `v1.2`, `HEAD`. */
  readonly revision: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What `git for-each-ref` is asked for; the rows below read it. */
export const refFormat = '%(refname:short)%00%(objectname:short)%00%(committerdate:relative)%00%(subject)';

/**
 * Branches and tags, newest first, behind the commit that is checked out. Of a remote's own pointer (`origin/HEAD`) the branch that it points to
 * is enough.
 */
export function commitRows(refs: string, head: string): readonly CommitRow[] {
  const rows = refs.split('\n').flatMap((line): CommitRow[] => {
    const [revision = '', commit = '', when = '', subject = ''] = line.split('\0');
    if (commit === '' || revision.endsWith('/HEAD')) return [];
    return [{ revision, label: revision, description: `${commit} · ${when}`, detail: subject }];
  });
  const [commit = '', when = '', subject = ''] = head.trim().split('\0');
  return [
    { revision: 'HEAD', label: 'HEAD', description: `${commit} · ${when} · what has changed since`, detail: subject },
    ...rows,
  ];
}
