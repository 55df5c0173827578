import { describe, expect, test } from 'vitest';
import { metricNamed } from '../metrics';
import type { Effect, Estimate } from '../record';
import { UserError } from '../userError';
import { judgeBudgets } from './judgeBudgets';

interface Given {
  readonly baselineMean?: number;
  /** The 95 % interval, of the ratio (log metrics) or the difference. */
  readonly low: number;
  readonly high: number;
  readonly own?: readonly [number, number];
  readonly candidate?: string;
}

function estimate(low: number, high: number): Estimate {
  const wide = { low: low - 1, high: high + 1 };
  return {
    estimate: (low + high) / 2,
    ...wide,
    level: 0.9875,
    interval95: { low, high },
    equivalence: { low, high, level: 0.9 },
  };
}

function effect(metric: string, { baselineMean = 10, low, high, own = [1, 2], candidate = 'b' }: Given): Effect {
  const isLog = metricNamed(metric).scale === 'log';
  return {
    metric,
    scope: { kind: 'total' },
    unit: metricNamed(metric).unit,
    family: 'secondary',
    baseline: 'a',
    candidate,
    baselineMean,
    candidateMean: baselineMean,
    difference: isLog ? estimate(baselineMean * (low - 1), baselineMean * (high - 1)) : estimate(low, high),
    ratio: isLog ? estimate(low, high) : null,
    candidateInterval: { low: own[0], high: own[1], level: 0.95 },
    blocks: 6,
    smallestEffect: null,
    verdict: 'inconclusive',
  };
}

function result(budget: string, ...effects: readonly Effect[]): string | undefined {
  return judgeBudgets([budget], effects)[0]?.result;
}

const cpu = (low: number, high: number): Effect => effect('cpu_ms_per_request', { low, high });
const errors = (low: number, high: number, own: readonly [number, number]): Effect =>
  effect('error_rate', { low, high, own });

describe('budgets', () => {
  test.each<readonly [string, Effect, string]>([
    ['cpu_ms_per_request +5%', cpu(1.01, 1.04), 'pass'],
    ['cpu_ms_per_request +5%', cpu(1.01, 1.06), 'inconclusive'],
    ['cpu_ms_per_request +5%', cpu(1.06, 1.09), 'fail'],
    ['cpu_ms_per_request +5%', cpu(0.5, 0.6), 'pass'],
    ['latency_p95_ms +3ms', effect('latency_p95_ms', { baselineMean: 40, low: 1.01, high: 1.05 }), 'pass'],
    ['latency_p95_ms +3 ms', effect('latency_p95_ms', { baselineMean: 40, low: 1.01, high: 1.1 }), 'inconclusive'],
    ['latency_p95_ms +0.003s', effect('latency_p95_ms', { baselineMean: 40, low: 1.1, high: 1.2 }), 'fail'],
    ['latency_p95_ms 50ms', effect('latency_p95_ms', { low: 1, high: 2, own: [40, 49] }), 'pass'],
    ['latency_p95_ms 50', effect('latency_p95_ms', { low: 1, high: 2, own: [40, 51] }), 'inconclusive'],
    ['error_rate 1%', errors(0, 0.5, [0, 0.004]), 'pass'],
    ['error_rate 1%', errors(0, 0.5, [0.02, 0.04]), 'fail'],
    ['error_rate 0.01', errors(0, 0.5, [0.005, 0.02]), 'inconclusive'],
    ['error_rate +0.5%', errors(-0.001, 0.004, [0, 1]), 'pass'],
    ['error_rate +0.5%', errors(0.006, 0.01, [0, 1]), 'fail'],
    ['throughput_rps -2%', effect('throughput_rps', { low: 0.99, high: 1.01 }), 'pass'],
    ['throughput_rps −2%', effect('throughput_rps', { low: 0.9, high: 0.95 }), 'fail'],
    ['throughput_rps -2%', effect('throughput_rps', { low: 0.97, high: 1 }), 'inconclusive'],
    ['throughput_rps 100', effect('throughput_rps', { low: 1, high: 1, own: [101, 120] }), 'pass'],
    ['capacity_rps 100rps', effect('capacity_rps', { low: 1, high: 1, own: [80, 99] }), 'fail'],
    ['rss_mean_mb +10MB', effect('rss_mean_mb', { low: 2, high: 3 }), 'pass'],
    ['rss_mean_mb +5%', effect('rss_mean_mb', { baselineMean: 84, low: 2, high: 3 }), 'pass'],
    ['rss_mean_mb +2%', effect('rss_mean_mb', { baselineMean: 84, low: 2, high: 3 }), 'fail'],
    ['cpu_ms_per_request +0%', cpu(1.01, 1.02), 'fail'],
  ])('the whole 95 %% interval counts (case %#)', (budget, given, expected) => {
    expect(result(budget, given), budget).toBe(expected);
  });

  test('the gravest of several candidates counts', () => {
    const other = effect('cpu_ms_per_request', { low: 1.1, high: 1.2, candidate: 'c' });
    expect(result('cpu_ms_per_request +5%', cpu(1, 1.01), other)).toBe('fail');
    expect(result('cpu_ms_per_request +5%', cpu(1, 1.01), cpu(1, 1.1))).toBe('inconclusive');
  });

  test('what was not measured or may not be judged is inconclusive; endpoints do not count', () => {
    expect(result('cpu_ms_per_request +5%')).toBe('inconclusive');
    expect(result('latency_p99_ms +5%', { ...effect('latency_p99_ms', { low: 1, high: 1.01 }), verdict: null })).toBe(
      'inconclusive',
    );
    expect(result('cpu_ms_per_request +5%', { ...cpu(1.2, 1.3), scope: { kind: 'companion', name: 'celery' } })).toBe(
      'inconclusive',
    );
  });

  test('keep metric and limit as they were written', () => {
    expect(judgeBudgets([' latency_p95_ms   +3 ms'], [])).toEqual([
      { metric: 'latency_p95_ms', limit: '+3ms', result: 'inconclusive' },
    ]);
  });

  test.each([
    ['cpu_ms_per_requst +5%', 'there is no cpu_ms_per_requst', 'Did you mean cpu_ms_per_request?'],
    ['p95_ms +3ms', 'there is no p95_ms', 'Did you mean latency_p95_ms?'],
    ['cpu_ms_per_request', 'cannot be read', '"cpu_ms_per_request +5%"'],
    ['cpu_ms_per_request five', 'cannot be read', 'METRIC LIMIT'],
    ['cpu_ms_per_request 5%', 'limits a level in percent', '"cpu_ms_per_request +5%"'],
    ['latency_p95_ms +3MB', 'not measured in: MB', 'ms, s, % (with a sign)'],
    ['latency_max_ms +3ms', 'only shown', 'latency_p99_ms'],
  ])('"%s" is refused in a sentence with the fix', (budget, sentence, hint) => {
    let thrown: unknown;
    try {
      judgeBudgets([budget], []);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof UserError)) throw new Error('not refused');
    expect(thrown.code).toBe('usage');
    expect(thrown.message).toContain(sentence);
    expect(thrown.hint).toContain(hint);
  });
});
