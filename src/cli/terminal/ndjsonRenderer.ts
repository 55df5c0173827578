import type { Writable } from 'node:stream';
import type { RunEvent } from '../../shared/events';
import type { EventRenderer } from './eventRenderer';

/** How many samples may wait for a slow reader before new ones are left out. */
const sampleBacklogLimit = 600;

/**
 * One JSON line per event. A reader that is slower than the run is waited for without holding the run up: lines queue
 * here while the stream is full. Samples alone are left out when too many wait; every other event arrives, in order.
 */
export function ndjsonRenderer(stream: Writable): EventRenderer {
  const queue: string[] = [];
  let isFull = false;
  let isClosed = false;
  let wake: (() => void) | null = null;

  const flush = (): void => {
    isFull = false;
    while (!isFull && queue.length > 0) isFull = !stream.write(queue.shift());
    if (queue.length === 0 && !isFull) wake?.();
  };
  const close = (): void => {
    isClosed = true;
    queue.length = 0;
    wake?.();
  };
  stream.on('drain', flush);
  // A reader that went away (EPIPE) ends the output, not the run.
  stream.on('error', close);
  stream.on('close', close);

  return {
    onEvent(event: RunEvent): void {
      if (isClosed || (event.type === 'sample' && queue.length >= sampleBacklogLimit)) return;
      queue.push(`${JSON.stringify(event)}\n`);
      if (!isFull) flush();
    },
    async close(): Promise<void> {
      if (!isClosed && (queue.length > 0 || isFull)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      stream.off('drain', flush);
      stream.off('close', close);
      // The error listener stays: a late EPIPE of what is already written must not end the process.
    },
  };
}
