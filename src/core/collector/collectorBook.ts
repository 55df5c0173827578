import type { CollectorReport } from './collectorReport';
import { NumberSet } from './numberSet';
import { RepeatedQueries, type QueryEvent } from './repeatedQueries';

/** Bounds of what a book keeps, whatever an app sends. */
const maximumFlushMarks = 10_000;
const maximumEventTypes = 1_000;
const maximumTypeLength = 200;
const otherTypes = '(other types)';

/** What no API key tells whose it was. */
export type Unassigned = Pick<CollectorReport, 'failedHandshakes' | 'foreignKeyPosts'>;

/** What is counted under one API key. Its size does not grow with the number of events. */
export class CollectorBook {
  notices = 0;
  noticeBytes = 0;
  duplicates = 0;
  foreignRequestEvents = 0;
  malformed = 0;
  refused = 0;
  refusedBytes = 0;
  /** The trial has been judged: what comes now is late. */
  isSettled = false;
  late = 0;

  #batches = 0;
  #bytes = 0;
  #largestBatchBytes = 0;
  #largestBatchEvents = 0;
  readonly #queries = new RepeatedQueries();
  readonly #eventsByType = new Map<string, number>();
  readonly #requestNumbers = new NumberSet();
  readonly #flushesAtMs: number[] = [];
  readonly #idStart: string;

  constructor(requestIdPrefix: string) {
    this.#idStart = `${requestIdPrefix}-`;
  }

  addBatch(bytes: number, events: number, atMs: number): void {
    this.#batches += 1;
    this.#largestBatchEvents = Math.max(this.#largestBatchEvents, events);
    this.#bytes += bytes;
    this.#largestBatchBytes = Math.max(this.#largestBatchBytes, bytes);
    if (this.#flushesAtMs.length < maximumFlushMarks) this.#flushesAtMs.push(atMs);
  }

  /** Of a refused post nothing counts but that it came, and its size. */
  refuse(bytes: number): void {
    this.refused += 1;
    this.refusedBytes += bytes;
  }

  addEvent(type: string): void {
    const known = this.#eventsByType.get(type);
    if (known !== undefined) {
      this.#eventsByType.set(type, known + 1);
      return;
    }
    const isKept = this.#eventsByType.size < maximumEventTypes && type.length <= maximumTypeLength;
    const name = isKept ? type : otherTypes;
    this.#eventsByType.set(name, (this.#eventsByType.get(name) ?? 0) + 1);
  }

  addRequestEvent(requestId: unknown): void {
    const value = this.#numberOf(requestId);
    if (value === null) this.foreignRequestEvents += 1;
    else if (!this.#requestNumbers.add(value)) this.duplicates += 1;
  }

  addQuery(query: QueryEvent): void {
    this.#queries.add(query);
  }

  report(unassigned: Unassigned): CollectorReport {
    return {
      batches: this.#batches,
      bytes: this.#bytes,
      noticeBytes: this.noticeBytes,
      largestBatchBytes: this.#largestBatchBytes,
      largestBatchEvents: this.#largestBatchEvents,
      notices: this.notices,
      eventsByType: Object.fromEntries(this.#eventsByType),
      requestNumbers: this.#requestNumbers.toArray(),
      duplicates: this.duplicates,
      repeatedQueries: this.#queries.repeated,
      late: this.late,
      foreignRequestEvents: this.foreignRequestEvents,
      malformed: this.malformed,
      refused: this.refused,
      refusedBytes: this.refusedBytes,
      ...unassigned,
      flushesAtMs: [...this.#flushesAtMs],
    };
  }

  /** n of `<prefix>-<n>`; null when it is not one of ours. */
  #numberOf(requestId: unknown): number | null {
    if (typeof requestId !== 'string' || !requestId.startsWith(this.#idStart)) return null;
    const digits = requestId.slice(this.#idStart.length);
    if (!/^(?:0|[1-9]\d{0,8})$/.test(digits)) return null;
    const value = Number(digits);
    return value < NumberSet.limit ? value : null;
  }
}
