import type { CollectorBook } from './collectorBook';
import { instrumentedEventTypes } from '../../shared/effects/instrumentedEventTypes';

/** The events that stand for one request each. An app's own `checkout.request` is none of them. */
const requestEventTypes: ReadonlySet<string> = new Set(
  [...instrumentedEventTypes].filter((type) => type.endsWith('.request')),
);
const withoutType = '(no event_type)';

/** Counts one NDJSON body of `/v1/events/`. A line that cannot be read is counted as malformed and costs none of the others. */
export function receiveEvents(book: CollectorBook, body: Buffer, atMs: number): void {
  let events = 0;
  forEachLine(body, (line) => {
    events += 1;
    receiveLine(book, line);
  });
  book.addBatch(body.length, events, atMs);
}

/** How many events such a body holds. */
export function countEvents(body: Buffer): number {
  let events = 0;
  forEachLine(body, () => {
    events += 1;
  });
  return events;
}

function forEachLine(body: Buffer, onLine: (line: string) => void): void {
  const text = body.toString('utf8');
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).trim();
    if (line !== '') onLine(line);
    start = end + 1;
  }
}

/** Counts one body of `/v1/notices/`. What is in it is nobody's business. */
export function receiveNotice(book: CollectorBook, body: Buffer): void {
  book.notices += 1;
  book.noticeBytes += body.length;
}

function receiveLine(book: CollectorBook, line: string): void {
  const event = parsePythonJson(line);
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    book.malformed += 1;
    return;
  }
  const type = 'event_type' in event && typeof event.event_type === 'string' ? event.event_type : withoutType;
  book.addEvent(type);
  if (type === 'db.query') book.addQuery(event);
  if (requestEventTypes.has(type)) book.addRequestEvent('request_id' in event ? event.request_id : undefined);
}

/** Python's json writes NaN and Infinity for such floats, which JSON does not know; undefined when it is no JSON at all. */
function parsePythonJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    const repaired = line.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
      found.startsWith('"') ? found : 'null',
    );
    try {
      return JSON.parse(repaired);
    } catch {
      return undefined;
    }
  }
}
