/** A `db.query` event as it came: nothing of it is certain. */
export interface QueryEvent {
  readonly request_id?: unknown;
  readonly query?: unknown;
  readonly duration?: unknown;
  readonly ts?: unknown;
}

/** Requests whose last query is remembered. */
const maximumRequests = 1_000;

interface Execution {
  readonly query: string;
  /** When it was over, as `ts` says it. */
  readonly ts: string;
}

/**
 * Finds executions of queries of which two events tell. honeybadger 1.3.0 does that where its Django middleware and its Celery
 * integration both wrap `CursorWrapper.execute`: the inner wrapper reports, then the outer one, of the same execution. So the
 * second event has the same text and request id as the one before it, and began (`ts` − `duration`) before that had ended (`ts`).
 * The same text again in a loop is no repetition: one thread runs one query after the other, so the next begins later.
 * A thread that loses the CPU between the two may hide a repetition: the count is a lower bound.
 */
export class RepeatedQueries {
  repeated = 0;
  readonly #last = new Map<string, Execution>();

  add(event: QueryEvent): void {
    const { request_id: request, query, duration, ts } = event;
    if (typeof request !== 'string' || typeof query !== 'string' || typeof ts !== 'string') return;
    const before = this.#last.get(request);
    this.#last.delete(request);
    if (before?.query === query && typeof duration === 'number' && toUnixMs(ts) - duration < toUnixMs(before.ts)) {
      this.repeated += 1;
      return;
    }
    this.#last.set(request, { query, ts });
    if (this.#last.size > maximumRequests) this.#forgetOldest();
  }

  /** The newest stand last in a Map: the first is the one that was not heard of for longest. */
  #forgetOldest(): void {
    const [oldest] = this.#last.keys();
    if (oldest !== undefined) this.#last.delete(oldest);
  }
}

/** Unix time in ms, with the microseconds of `2026-07-01T12:00:00.123456Z` that `Date` cuts off. NaN when it is none. */
function toUnixMs(ts: string): number {
  const microseconds = /\.\d{3}(\d{3})Z$/.exec(ts)?.[1];
  return Date.parse(ts) + (microseconds === undefined ? 0 : Number(microseconds) / 1000);
}
