import { describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import type { BudgetResult, ComparisonRecord } from '../../shared/record';
import { junitReport } from './junitReport';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

function reported(change: Partial<ComparisonRecord> = {}): string {
  return junitReport({ ...base, ...change });
}

const budget = (result: BudgetResult['result'], metric = 'cpu_ms_per_request'): BudgetResult => ({
  metric,
  limit: '+5%',
  result,
});

describe('JUnit', () => {
  test('has a case for the measurement and one per budget, inconclusive ones skipped', () => {
    const text = reported({ budgets: [budget('pass'), budget('fail'), budget('inconclusive', 'latency_p95_ms')] });
    expect(text).toContain('tests="4" failures="1" errors="0" skipped="1"');
    expect(text.match(/<testcase /g)).toHaveLength(4);
    expect(text).toMatch(/name="cpu_ms_per_request \+5%" time="0.0"\/>/);
    expect(text).toMatch(/<failure message="CPU per request of [^"]+ CI [^"]+"\/>/);
    expect(text).toMatch(/name="latency_p95_ms \+5%" time="0.0">\n {6}<skipped message="/);
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites /);
  });

  test('of a measurement that means nothing is an error with the reason', () => {
    const text = reported({
      status: 'invalid',
      outcomeReason: 'none of the 12 "expected" events <arrived> & more\u0007',
    });
    expect(text).toContain('errors="1"');
    expect(text).toContain(
      '<error message="none of the 12 &quot;expected&quot; events &lt;arrived&gt; &amp; more\uFFFD"/>',
    );
  });

  test('says what was not measured', () => {
    expect(reported({ budgets: [budget('inconclusive', 'rows')] })).toContain('rows is not known to this version');
    const none = reported({ budgets: [budget('inconclusive')], effects: [] });
    expect(none).toContain('<skipped message="inconclusive. CPU per request was not measured"/>');
  });
});
