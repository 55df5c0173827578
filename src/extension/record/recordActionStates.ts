import type { RecordActions } from '../../shared/panelProtocol';

/** What can be done with a record here and now, and why not. */
export function recordActionStates(now: {
  readonly isTrusted: boolean;
  readonly isRunning: boolean;
  /** False for a version that only the editor holds. */
  readonly isOnDisk: boolean;
}): RecordActions {
  const whyNot = reason(now);
  return { canRunAgain: whyNot === null, whyNot };
}

function reason({ isTrusted, isRunning, isOnDisk }: Parameters<typeof recordActionStates>[0]): string | null {
  if (!isTrusted) return 'This folder is not trusted: nothing is run in it.';
  if (!isOnDisk) return 'This is not the record on disk: open that one to run it again.';
  if (isRunning) return 'A comparison is on already: two at a time would measure each other.';
  return null;
}
