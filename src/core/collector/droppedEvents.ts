/**
 * How many events a line of the app's log says were dropped because the queue was full; 0 for any other line. honeybadger says it
 * at level INFO and at most once a minute (events_worker.py), so the sum over a log is a lower bound.
 */
export function droppedEvents(line: string): number {
  const found = /\bDropped (\d+) events \(queue full\)/.exec(line);
  return Number(found?.[1] ?? 0);
}
