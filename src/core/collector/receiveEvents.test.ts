import { describe, expect, test } from 'vitest';
import { CollectorBook } from './collectorBook';
import { receiveEvents } from './receiveEvents';

describe('a batch of events', () => {
  test('is counted by type, and request events by their ids', () => {
    const report = receive(
      '{"event_type":"flask.request","request_id":"run-7"}',
      '{"event_type":"db.query","request_id":"run-7","query":"\\"event_type\\": \\"flask.request\\""}',
      '{"event_type":"django.request","request_id":"run-3"}',
      '{"event_type":"asgi.request"}',
    );
    expect(report.eventsByType).toEqual({ 'flask.request': 1, 'db.query': 1, 'django.request': 1, 'asgi.request': 1 });
    expect(report).toMatchObject({
      requestNumbers: [3, 7],
      foreignRequestEvents: 1,
      duplicates: 0,
      malformed: 0,
      batches: 1,
    });
  });

  test('counts an id that comes again as a duplicate, in a later batch too', () => {
    const book = new CollectorBook('run');
    for (let batch = 0; batch < 2; batch += 1)
      receiveEvents(book, Buffer.from('{"event_type":"flask.request","request_id":"run-0"}'), 0);
    expect(book.report(unassigned)).toMatchObject({ requestNumbers: [0], duplicates: 1, batches: 2 });
  });

  test.each([
    'other-1',
    'run-',
    'run-01',
    'run-1x',
    'run--1',
    'run-1e3',
    'run-99999999',
    'run-9999999999999',
    'xrun-1',
    7,
    null,
  ])('takes the id %j for none of ours', (id) => {
    const report = receive(JSON.stringify({ event_type: 'flask.request', request_id: id }));
    expect(report).toMatchObject({ requestNumbers: [], foreignRequestEvents: 1 });
  });

  test("does not take an app's own event for a request's, whatever its name and id", () => {
    expect(receive('{"event_type":"checkout.request","request_id":"run-1"}')).toMatchObject({
      requestNumbers: [],
      foreignRequestEvents: 0,
    });
  });

  test('loses only the line that cannot be read', () => {
    const report = receive(
      '{"event_type":"a"}',
      '{"event_type":',
      '[1]',
      'null',
      '',
      '"text"',
      '{"event_type":"a"}\r',
      '{"total":1}',
    );
    expect(report).toMatchObject({ malformed: 4, eventsByType: { a: 2, '(no event_type)': 1 } });
  });

  test('reads the NaN and Infinity that Python writes, and leaves texts alone', () => {
    const line =
      '{"event_type":"flask.request","request_id":"run-1","a":NaN,"b":[-Infinity, Infinity],"c":"NaN \\" Infinity"}';
    expect(receive(line)).toMatchObject({ malformed: 0, requestNumbers: [1] });
  });

  test('keeps nothing that grows without bound', () => {
    const book = new CollectorBook('run');
    for (let n = 0; n < 12_000; n += 1) receiveEvents(book, Buffer.from(`{"event_type":"type-${n}"}`), n);
    receiveEvents(book, Buffer.from(JSON.stringify({ event_type: 'x'.repeat(100_000) })), 0);
    const report = book.report(unassigned);
    expect(Object.keys(report.eventsByType)).toHaveLength(1_001);
    expect(report.eventsByType['(other types)']).toBe(11_001);
    expect(report.flushesAtMs).toHaveLength(10_000);
    expect(report.batches).toBe(12_001);
  });

  test('of 500 KB is counted in well under a tenth of a second', () => {
    const lines = Array.from({ length: 1_750 }, (_, n) =>
      JSON.stringify({ event_type: 'flask.request', request_id: `run-${n}`, path: '/', view: 'v'.repeat(200) }),
    );
    const body = Buffer.from(lines.join('\n'));
    expect(body.length).toBeGreaterThan(450_000);
    const book = new CollectorBook('run');
    const before = process.cpuUsage();
    receiveEvents(book, body, 0);
    const { user, system } = process.cpuUsage(before);
    expect(book.report(unassigned)).toMatchObject({
      largestBatchBytes: body.length,
      largestBatchEvents: 1_750,
      bytes: body.length,
    });
    expect(book.report(unassigned).requestNumbers).toHaveLength(1_750);
    expect((user + system) / 1000).toBeLessThan(100);
  });
});

const unassigned = { failedHandshakes: 0, foreignKeyPosts: 0 };

function receive(...lines: string[]) {
  const book = new CollectorBook('run');
  receiveEvents(book, Buffer.from(lines.join('\n')), 0);
  return book.report(unassigned);
}
