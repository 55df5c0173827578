import { instrumentedEventTypes } from '../../shared/effects/instrumentedEventTypes';
import type { OutageMode } from '../../shared/outage';

/** How the collector answers one API key: healthy, or one of the outages that an app may meet. */
export type CollectorMode = 'healthy' | OutageMode;

/** What arrived under one API key. Each trial has a key of its own, so a late flush never counts for the next trial. */
export interface CollectorReport {
  readonly batches: number;
  /** Bytes of event bodies, and of notice bodies. */
  readonly bytes: number;
  readonly noticeBytes: number;
  readonly largestBatchBytes: number;
  /** Events in the batch that had most: a flush sends the whole queue, so that many were queued in one process. */
  readonly largestBatchEvents: number;
  readonly notices: number;
  readonly eventsByType: Readonly<Record<string, number>>;
  /** n of every `<requestIdPrefix>-<n>` seen in a request event (`*.request`), ascending, once each. */
  readonly requestNumbers: readonly number[];
  /** Request events seen again for an id already counted. */
  readonly duplicates: number;
  /** `db.query` events that tell of an execution of which another event has told already (see `RepeatedQueries`). */
  readonly repeatedQueries: number;
  /** Events and notices that came after the trial had been judged: counted here and nowhere else. */
  readonly late: number;
  /** Request events whose id is not ours (probes, the user's own browser). */
  readonly foreignRequestEvents: number;
  /** Batches or lines that could not be read, and answers that were failures on purpose. */
  readonly malformed: number;
  readonly refused: number;
  /** Bytes of the bodies that were refused or left unanswered on purpose. */
  readonly refusedBytes: number;
  /** TLS handshakes that failed since the book was opened: an app that does not trust the collector's certificate, most likely. */
  readonly failedHandshakes: number;
  /** Posts under keys that nobody opened since this book was: an app that puts a key of its own over the one it was given. */
  readonly foreignKeyPosts: number;
  /** Unix time of the first batches (at most 10,000). */
  readonly flushesAtMs: readonly number[];
}

/** How many events of those that only Insights sends are among them. */
export function countInstrumented(eventsByType: Readonly<Record<string, number>>): number {
  return Object.entries(eventsByType).reduce(
    (sum, [type, events]) => (instrumentedEventTypes.has(type) ? sum + events : sum),
    0,
  );
}
