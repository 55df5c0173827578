import type { RunEvent } from '../../shared/events';
import { createBatch } from './createBatch';
import { parseRunEvent } from './parseRunEvent';

/** The engine's output as events, in order, in batches, with exactly one `run-finished` at the end. */
export interface EventStream {
  /** Output of the engine, cut anywhere. */
  push(text: string): void;
  /** An event of our own. */
  add(event: RunEvent): void;
  /** No more output will come: a last line without its end counts too. */
  end(): void;
  /** Hands on what waits, now. */
  flush(): void;
  /** True once `run-finished` was seen: whatever comes after it is passed over. */
  readonly isFinished: boolean;
  readonly waiting: number;
}

export interface EventStreamOptions {
  readonly batchMs: number;
  readonly onEvents: (events: readonly RunEvent[]) => void;
  /** For lines that are no events. */
  readonly onStrayLine: (why: string) => void;
}

/** Lines end with `\n` alone: JSON may hold every other line separator. */
export function createEventStream(options: EventStreamOptions): EventStream {
  const batch = createBatch(options.batchMs, options.onEvents);
  let rest = '';
  let isFinished = false;
  const add = (event: RunEvent): void => {
    if (isFinished) return;
    isFinished = event.type === 'run-finished';
    batch.add(event);
    if (isFinished) batch.flush();
  };
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const parsed = parseRunEvent(line);
    if (parsed.type === 'event') add(parsed.event);
    else options.onStrayLine(parsed.why);
  };
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    },
    add,
    end() {
      take(rest);
      rest = '';
    },
    flush: batch.flush,
    get isFinished() {
      return isFinished;
    },
    get waiting() {
      return batch.waiting;
    },
  };
}
