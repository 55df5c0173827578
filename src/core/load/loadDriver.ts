import type { LoadRecorder } from './loadRecorder';

/** Where a driver writes what happens. */
export interface LoadBook {
  readonly recorder: LoadRecorder;
  /** A timer of the load was called this late, ms. */
  readonly onTimer: (lateMs: number) => void;
}

/** What makes the requests of one job. All times are `performance.now()`. */
export interface LoadDriver {
  /** From the start of the load until all of it is there: the spawning of the users. */
  readonly rampSeconds: number;
  /** Resolves when the load has begun (what each session does first may come before it). */
  start(): Promise<void>;
  /** Simulated users, or connections, at this moment. */
  users(): number;
  /** Nothing new from now on; resolves when what was begun or was already due has ended. */
  drain(): Promise<void>;
  /** Drops whatever is still on its way. */
  close(): Promise<void>;
  /** Aborts when going on is pointless: nobody ever answered. */
  readonly gaveUp: AbortSignal;
}
