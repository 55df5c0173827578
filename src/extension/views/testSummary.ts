import { schemaVersion, type RecordSummary } from '../../shared/record';

/** A summary as a finished run leaves it. */
export function testSummary(overrides: Partial<RecordSummary> = {}): RecordSummary {
  return {
    schemaVersion,
    id: '20261122T204530Z-flask-quick',
    createdAt: '2026-11-22T20:45:30.123Z',
    status: 'complete',
    target: 'flask',
    scenario: 'light_load',
    purpose: 'comparison',
    label: 'CPU +6.2 % · p95 ≈',
    verdict: 'increase',
    branch: 'main',
    commit: 'a1b2c3d4e5f6a7b8c9d0',
    ...overrides,
  };
}
