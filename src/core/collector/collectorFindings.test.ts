import { describe, expect, test } from 'vitest';
import { collectorReport as report } from '../../../test/fixtures/collectorReport';
import { collectorFindings } from './collectorFindings';
import type { CollectorReport } from './collectorReport';

describe('what is told about the events of a comparison', () => {
  test('is nothing when all is as documented', () => {
    expect(collectorFindings([])).toEqual([]);
    expect(collectorFindings([{ variant: 'with_insights', reports: [] }])).toEqual([]);
    expect(
      collectorFindings([{ variant: 'with_insights', reports: [report({ largestBatchBytes: 102_400 })] }]),
    ).toEqual([]);
  });

  test('names the variant with its largest batch', () => {
    const findings = collectorFindings([
      { variant: 'without_insights', reports: [report({ largestBatchBytes: 3_000 })] },
      {
        variant: 'with_insights',
        reports: [report({ largestBatchBytes: 102_401 }), report({ largestBatchBytes: 481_234 }), report({})],
      },
    ]);
    expect(findings.map(({ code }) => code)).toEqual(['large_batches']);
    expect(findings[0]?.message).toContain('(with_insights up to 481 KB)');
    expect(findings[0]?.message).not.toContain('without_insights');
  });

  test('tells how full the queue was from half of its limit on, whichever limit is in force', () => {
    const reports = [report({ largestBatchEvents: 300 }), report({ largestBatchEvents: 4_999 })];
    expect(collectorFindings([{ variant: 'v', reports }])).toEqual([]);
    expect(collectorFindings([{ variant: 'v', reports: [report({ largestBatchEvents: 5_000 })] }])).toMatchObject([
      { code: 'queue_near_limit', message: expect.stringContaining('(v 5,000 of 10,000, 50 %)') },
    ]);
    expect(collectorFindings([{ variant: 'v', reports, queueLimit: 6_000 }])).toMatchObject([
      { code: 'queue_near_limit', message: expect.stringContaining('(v 4,999 of 6,000, 83 %)') },
    ]);
  });

  test('tells how many queries were sent twice, of how many that were run', () => {
    const all = report({ repeatedQueries: 2_145, eventsByType: { 'db.query': 4_290 } });
    const some = report({ repeatedQueries: 10, eventsByType: { 'db.query': 110 } });
    const message = (reports: CollectorReport[]) => collectorFindings([{ variant: 'v', reports }])[0]?.message;
    expect(message([all])).toMatch(/^Each query is matched and sent twice \(v: 2,145 of 2,145\)/);
    expect(message([some, some])).toMatch(/^Queries are matched and sent twice \(v: 20 of 200\)/);
  });

  test('tells of ASGI events, which no request id matches with their request', () => {
    const reports = [report({ eventsByType: { 'asgi.request': 7 } }), report({ eventsByType: { 'asgi.request': 5 } })];
    expect(collectorFindings([{ variant: 'v', reports }])).toMatchObject([
      { code: 'asgi_without_request_ids', message: expect.stringContaining('(v 12)') },
    ]);
  });

  test('sums duplicates and unreadable lines over the trials of a variant', () => {
    const findings = collectorFindings([
      { variant: 'a', reports: [report({ duplicates: 2 }), report({ duplicates: 3 })] },
      { variant: 'b', reports: [report({ malformed: 1 }), report({ duplicates: 1, malformed: 1 })] },
    ]);
    expect(findings.map(({ code, message }) => [code, message.slice(message.indexOf('('))])).toEqual([
      ['duplicate_events', '(a 5, b 1)'],
      ['malformed_events', '(b 2)'],
    ]);
    for (const { advice } of findings) expect(advice).toMatch(/\.$/);
  });
});
