import type { ListedRun } from '../../core/history/readPastRun';

/** How past runs are put together in the list. */
export const runGroupings = ['date', 'scenario', 'branch'] as const;
export type RunGrouping = (typeof runGroupings)[number];

/** Runs that share a row which opens to show them. */
export interface RunGroup<Run extends ListedRun> {
  readonly id: string;
  readonly label: string;
  readonly runs: readonly Run[];
}

export interface GroupedRuns<Run extends ListedRun> {
  /** Those that stand for themselves. */
  readonly single: readonly Run[];
  readonly groups: readonly RunGroup<Run>[];
}

/** A list of ten thousand rows is slow to show and of no use: the newest stand for themselves, older ones by month. */
export const newestShown = 100;

/** Groups runs that are sorted newest first; a group stands where its newest run would. */
export function groupRuns<Run extends ListedRun>(runs: readonly Run[], by: RunGrouping): GroupedRuns<Run> {
  switch (by) {
    case 'scenario':
      return { single: [], groups: grouped(runs, by, ({ target, scenario }) => `${target} · ${scenario}`) };
    case 'branch':
      return { single: [], groups: grouped(runs, by, ({ branch }) => branch ?? 'no branch') };
    case 'date':
      // Few enough older ones are no group of their own: they are shown as well.
      return runs.length <= 2 * newestShown
        ? { single: runs, groups: [] }
        : {
            single: runs.slice(0, newestShown),
            groups: grouped(runs.slice(newestShown), by, ({ createdAt }) => createdAt.slice(0, 7), monthName),
          };
  }
}

function grouped<Run extends ListedRun>(
  runs: readonly Run[],
  by: RunGrouping,
  keyOf: (summary: Run['summary']) => string,
  labelOf = (key: string): string => key,
): readonly RunGroup<Run>[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = keyOf(run.summary);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  // Once for each group: a month's name takes a tenth of a millisecond.
  return [...groups].map(([key, ofKey]) => ({ id: `${by} ${key}`, label: labelOf(key), runs: ofKey }));
}

/** `October 2026` of `2026-10`. */
export function monthName(month: string): string {
  const date = new Date(`${month}-15T12:00:00Z`);
  return Number.isNaN(date.getTime())
    ? month
    : date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}
