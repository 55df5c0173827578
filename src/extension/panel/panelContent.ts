import path from 'node:path';
import type { LiveRun } from '../../shared/liveRun';
import type { PlanSummary } from '../../shared/record';

/** What a folder's panel shows: the run itself, or the record that it left. */
export type PanelContent =
  { readonly type: 'live'; readonly run: LiveRun } | { readonly type: 'record'; readonly recordPath: string };

/**
 * A run with one target gives way to its record once it has ended; one with several stays, with the results listed. `restored` is the
 * record that a panel showed before the window was reloaded: any run since is newer. Null: there is nothing to show.
 */
export function panelContent(run: LiveRun | null, restored: string | null): PanelContent | null {
  if (run === null) return restored === null ? null : { type: 'record', recordPath: restored };
  const [only, ...others] = run.results;
  const recordPath = run.targets.length <= 1 && others.length === 0 ? only?.recordPath : null;
  if (run.state === 'ended' && recordPath) return { type: 'record', recordPath };
  return { type: 'live', run };
}

/** `Insights: flask · quick`; the folder's name while nothing is known yet. */
export function panelTitle(plan: Pick<PlanSummary, 'target' | 'scenario'> | null, folder: string): string {
  return `Insights: ${plan === null ? path.basename(folder) : `${plan.target} · ${plan.scenario.name}`}`;
}
