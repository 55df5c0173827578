import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { syntheticPlan } from '../../../test/fixtures/syntheticTrials';
import { effectWords, verdictTone, verdictWord } from './effectWords';
import { secondsPerBlock } from './secondsPerBlock';

const cpu = effectOf('cpu_ms_per_request', [1.062, 1.049, 1.075]);
const p95 = { level: 0.95, baselineMean: 41, smallestEffect: 4.1 } as const;

describe('what an effect says', () => {
  test.each([
    [cpu, 'costlier: +0.31 ms (+6.2 %; 98.75 % CI +4.9 to +7.5)'],
    [
      effectOf('cpu_ms_per_request', [0.96, 0.95, 0.97], { verdict: 'decrease' }),
      'cheaper: −0.2 ms (−4.0 %; 98.75 % CI −5.0 to −3.0)',
    ],
    [
      effectOf('capacity_rps', [0.87, 0.86, 0.88], { baselineMean: 720, verdict: 'decrease' }),
      'lower: −93.6 req/s (−13.0 %; 98.75 % CI −14.0 to −12.0)',
    ],
    [
      effectOf('rss_mean_mb', [2.6, 2.5, 2.7], { level: 0.95, note: 'real but smaller than what matters' }),
      'more: +2.6 MB (95 % CI +2.5 to +2.7), real but smaller than what matters',
    ],
    [effectOf('error_rate', [0.002, 0.001, 0.003], { level: 0.95 }), 'higher: +0.2 points (95 % CI +0.1 to +0.3)'],
    [
      effectOf('latency_p95_ms', [1.004, 0.979, 1.03], { ...p95, verdict: 'equivalent' }),
      'no difference larger than 10 % (90 % CI −2.1 to +3.0)',
    ],
    [
      effectOf('latency_p95_ms', [1.01, 0.98, 1.04], {
        level: 0.95,
        baselineMean: 5,
        smallestEffect: 1,
        verdict: 'equivalent',
      }),
      'no difference larger than 1 ms (90 % CI −0.1 to +0.2)',
    ],
    [
      effectOf('rss_mean_mb', [0.2, -0.3, 0.7], { level: 0.95, smallestEffect: 5, verdict: 'equivalent' }),
      'no difference larger than 5 MB (90 % CI −0.3 to +0.7)',
    ],
    [
      effectOf('latency_p95_ms', [1.012, 0.97, 1.061], { ...p95, verdict: 'inconclusive', blocksToSettle: 12 }),
      'inconclusive: +0.492 ms (+1.2 %; 95 % CI −3.0 to +6.1); about 6 more blocks (10 min) would settle it',
    ],
    [
      effectOf('latency_p95_ms', [1.012, 0.97, 1.061], { ...p95, verdict: 'inconclusive', blocksToSettle: null }),
      'inconclusive: +0.492 ms (+1.2 %; 95 % CI −3.0 to +6.1)',
    ],
    [
      effectOf('worker_restarts', [0, 0, 0], { level: 0.95, verdict: 'inconclusive' }),
      'the same in every block: 0 (95 % CI 0 to 0)',
    ],
    [
      effectOf('latency_p99_ms', [1.1, 0.8, 1.5], {
        level: 0.95,
        verdict: null,
        note: 'only 6 requests beyond this percentile: not judged',
      }),
      'not judged: +0.5 ms (+10.0 %; 95 % CI −20.0 to +50.0); only 6 requests beyond this percentile: not judged',
    ],
    [
      effectOf('cpu_ms_per_request', [1, 1, 1], {
        difference: null,
        ratio: null,
        verdict: null,
        note: 'too few blocks: 2 of at least 3',
      }),
      'not judged: too few blocks: 2 of at least 3',
    ],
  ])('is said with its uncertainty (case %#)', (effect, expected) => {
    expect(effectWords(effect, { secondsPerBlock: secondsPerBlock(syntheticPlan()) })).toBe(expected);
  });

  test('a time is named only where it is known', () => {
    const effect = effectOf('latency_p95_ms', [1.012, 0.97, 1.061], {
      ...p95,
      verdict: 'inconclusive',
      blocksToSettle: 7,
    });
    expect(effectWords(effect)).toContain('; about 1 more block would settle it');
  });

  test('in a word is in the direction of the metric, good or bad news apart from it', () => {
    expect(verdictWord(cpu)).toBe('costlier');
    expect(verdictTone(cpu)).toBe('worse');
    const slower = effectOf('capacity_rps', [0.9, 0.8, 0.95], { verdict: 'decrease' });
    expect([verdictWord(slower), verdictTone(slower)]).toEqual(['lower', 'worse']);
    const faster = effectOf('latency_mean_ms', [0.9, 0.8, 0.95], { verdict: 'decrease' });
    expect([verdictWord(faster), verdictTone(faster)]).toEqual(['faster', 'better']);
    const events = effectOf('events_per_request', [1.3, 1.3, 1.3]);
    expect([verdictWord(events), verdictTone(events)]).toEqual(['more', 'neutral']);
  });
});
