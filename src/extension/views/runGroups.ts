import type { ListedRun } from '../../core/history/readPastRun';

/** The runs of one month that are too old for the top of the list. */
export interface RunGroup<Run extends ListedRun> {
  /** `2026-10`, in UTC. */
  readonly month: string;
  readonly runs: readonly Run[];
}

/** A list of ten thousand rows is slow to show and of no use: the newest stand for themselves, older ones by month. */
export const newestShown = 100;

/** Splits runs that are sorted newest first. Few enough older ones are no group of their own: they are shown as well. */
export function groupRuns<Run extends ListedRun>(
  runs: readonly Run[],
): { readonly newest: readonly Run[]; readonly older: readonly RunGroup<Run>[] } {
  if (runs.length <= 2 * newestShown) return { newest: runs, older: [] };
  const groups = new Map<string, Run[]>();
  for (const run of runs.slice(newestShown)) {
    const month = run.summary.createdAt.slice(0, 7);
    const group = groups.get(month);
    if (group) group.push(run);
    else groups.set(month, [run]);
  }
  return {
    newest: runs.slice(0, newestShown),
    older: [...groups].map(([month, ofMonth]) => ({ month, runs: ofMonth })),
  };
}

/** `October 2026`. */
export function monthName(month: string): string {
  const date = new Date(`${month}-15T12:00:00Z`);
  return Number.isNaN(date.getTime())
    ? month
    : date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}
