import path from 'node:path';
import { recordFileName } from '../../core/history/runFolder';
import type { RunEvent } from '../../shared/events';

/** The part of `vscode.Memento` that is used here. */
export interface WorkspaceState {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A run that was on when its window went. */
export interface InterruptedRun {
  /** Which folder it was of: the request itself stands elsewhere, once (`rerunLast`). */
  readonly folder: string;
  /** Where the record of its last comparison is, if a trial of it had ended; null: no comparison had begun. */
  readonly recordPath: string | null;
}

const key = 'insightsComparison.runThatIsOn';

/** The run that was on when this window was last closed or reloaded; null: none was. To be asked before a run is started. */
export function interruptedRun(state: WorkspaceState): InterruptedRun | null {
  const value = state.get(key);
  if (typeof value !== 'object' || value === null || !('folder' in value) || !('recordPath' in value)) return null;
  const { folder, recordPath } = value;
  if (typeof folder !== 'string' || (recordPath !== null && typeof recordPath !== 'string')) return null;
  return { folder, recordPath };
}

/** Forgets it: it was offered, or its run has ended in this window. */
export async function clearInterruptedRun(state: WorkspaceState): Promise<void> {
  await state.update(key, undefined);
}

/** Keeps the run that is on, in case the window goes. */
export async function rememberRun(state: WorkspaceState, run: InterruptedRun): Promise<void> {
  await state.update(key, run);
}

/** Where the comparison that an event starts keeps its record; null for every other event. */
export function startedRecordPath(event: RunEvent): string | null {
  return event.type === 'comparison-started' ? path.join(event.folder, recordFileName) : null;
}
