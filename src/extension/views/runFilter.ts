import type { Annotation } from '../../core/history/annotations';
import type { ListedRun } from '../../core/history/readPastRun';

type FilteredRun = ListedRun & { readonly annotation: Annotation };

/**
 * Whether a run has all the words of a filter, in any order and case, somewhere in what its row and its tooltip say: verdict, name, note, target,
 * scenario, branch, commit, id (which begins with the date), state. An empty filter leaves nothing out.
 */
export function createRunFilter(text: string): (run: FilteredRun) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return ({ summary, annotation }) => {
    if (words.length === 0) return true;
    const said = [
      summary.label,
      annotation.name,
      annotation.note,
      annotation.pinned === true ? 'pinned' : undefined,
      summary.target,
      summary.scenario,
      summary.branch,
      summary.commit,
      summary.id,
      summary.createdAt,
      summary.status,
      summary.verdict,
    ];
    const all = said
      .filter((part) => part !== undefined && part !== null)
      .join('\n')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  };
}
