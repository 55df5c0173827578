import type { RunEvent } from '../../shared/events';

/** Shows the events of a run somewhere. */
export interface EventRenderer {
  /** Never throws and never waits. */
  onEvent(event: RunEvent): void;
  /** Resolves when everything has been written; timers and listeners are gone then. */
  close(): Promise<void>;
}
