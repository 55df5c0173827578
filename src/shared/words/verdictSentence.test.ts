import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { syntheticPlan } from '../../../test/fixtures/syntheticTrials';
import type { Effect } from '../record';
import type { WordsInput } from './leadEffects';
import { summaryLabel, summaryVerdict } from './summaryLabel';
import { verdictSentence } from './verdictSentence';

const cpu = effectOf('cpu_ms_per_request', [1.062, 1.049, 1.075]);
const events = effectOf('events_per_request', [1.3, 1.3, 1.3], { level: 0.95, baselineMean: 0 });
const p95 = effectOf('latency_p95_ms', [1.004, 0.979, 1.03], { level: 0.95, verdict: 'equivalent' });
const latency = effectOf('latency_mean_ms', [1.012, 0.98, 1.045], { verdict: 'inconclusive', blocksToSettle: 12 });

function record(effects: readonly Effect[], overrides: Partial<WordsInput> = {}): WordsInput {
  return {
    status: 'complete',
    plan: syntheticPlan(),
    headline: ['cpu_ms_per_request', 'latency_mean_ms', 'capacity_rps', 'capacity_cpu_ms_per_request'],
    variants: [{ name: 'without_insights' }, { name: 'with_insights' }],
    effects,
    ...overrides,
  };
}

describe('the verdict sentence', () => {
  test('says what it costs, how sure that is, and what it sends', () => {
    expect(verdictSentence(record([cpu, latency, events, p95]))).toBe(
      'with_insights costs +0.31 ms CPU per request (+6.2 %; 98.75 % CI +4.9 to +7.5) and sends 1.3 events per request: 112,000 a day at 1 req/s',
    );
  });

  test('says what it saves', () => {
    const saved = effectOf('cpu_ms_per_request', [0.96, 0.95, 0.97], { verdict: 'decrease' });
    expect(verdictSentence(record([saved]))).toBe(
      'with_insights saves 0.2 ms CPU per request (−4.0 %; 98.75 % CI −5.0 to −3.0)',
    );
  });

  test('adds whatever else is claimed among the headline metrics', () => {
    const capacity = effectOf('capacity_rps', [0.87, 0.86, 0.88], { baselineMean: 720, verdict: 'decrease' });
    const busy = effectOf('capacity_cpu_ms_per_request', [1.15, 1.13, 1.17], {
      note: 'real but smaller than what matters',
    });
    expect(verdictSentence(record([cpu, capacity, busy]))).toBe(
      'with_insights costs +0.31 ms CPU per request (+6.2 %; 98.75 % CI +4.9 to +7.5). ' +
        'Also capacity lower by 93.6 req/s (−13.0 %; 98.75 % CI −14.0 to −12.0); ' +
        'CPU per request when busy costlier by 0.75 ms (+15.0 %; 98.75 % CI +13.0 to +17.0), real but smaller than what matters',
    );
  });

  test('leads with what is known and says what is not', () => {
    const unsure = effectOf('cpu_ms_per_request', [1.012, 0.98, 1.045], {
      verdict: 'inconclusive',
      blocksToSettle: 12,
    });
    const capacity = effectOf('capacity_rps', [0.87, 0.86, 0.88], { baselineMean: 720, verdict: 'decrease' });
    expect(verdictSentence(record([unsure, capacity, events]))).toBe(
      'with_insights has capacity lower by 93.6 req/s (−13.0 %; 98.75 % CI −14.0 to −12.0) and sends 1.3 events per request: 112,000 a day at 1 req/s. ' +
        'CPU per request is inconclusive: +0.06 ms (+1.2 %; 98.75 % CI −2.0 to +4.5); about 6 more blocks (10 min) would settle it',
    );
  });

  test('says in words that nothing was found, with the largest difference still possible', () => {
    const none = effectOf('cpu_ms_per_request', [1.003, 0.996, 1.011], { verdict: 'equivalent' });
    expect(verdictSentence(record([none, events]))).toBe(
      'with_insights: CPU per request shows no difference larger than 2 % (90 % CI −0.4 to +1.1); it sends 1.3 events per request: 112,000 a day at 1 req/s',
    );
  });

  test('calls a quick run a first look', () => {
    const plan = syntheticPlan({ blocks: 3 });
    expect(verdictSentence(record([cpu], { plan }))).toBe(
      'A first look: with_insights costs +0.31 ms CPU per request (+6.2 %; 98.75 % CI +4.9 to +7.5)',
    );
  });

  test('claims nothing of a partial or an invalid comparison', () => {
    expect(
      verdictSentence(record([{ ...cpu, blocks: 4 }], { status: 'partial', outcomeReason: 'stopped by the user.' })),
    ).toBe('Partial: 4 of 6 blocks were measured, so there is no verdict: stopped by the user');
    expect(verdictSentence(record([cpu], { status: 'invalid', outcomeReason: 'no event arrived' }))).toBe(
      'Invalid: nothing can be concluded from this comparison: no event arrived',
    );
  });

  test("tells the machine's noise floor when the baseline ran against itself", () => {
    const plan = syntheticPlan({ purpose: 'aa' });
    const none = effectOf('cpu_ms_per_request', [1.003, 0.982, 1.0244], { verdict: 'inconclusive' });
    expect(verdictSentence(record([none], { plan }))).toBe(
      'The baseline against itself: no difference found, so nothing was wrongly claimed; this machine resolves ±2.1 % of CPU per request here (98.75 % CI −1.8 to +2.4, 6 blocks)',
    );
    expect(verdictSentence(record([cpu], { plan }))).toBe(
      'The baseline against itself: wrongly found CPU per request costlier by 0.31 ms (+6.2 %; 98.75 % CI +4.9 to +7.5), ' +
        'which is chance (at most 5 % of such runs) or an unsteady machine; ' +
        'this machine resolves ±1.2 % of CPU per request here (98.75 % CI +4.9 to +7.5, 6 blocks)',
    );
  });

  test('has a sentence for each candidate', () => {
    const other = { ...cpu, candidate: 'collecting_only' };
    const variants = ['without_insights', 'with_insights', 'collecting_only'].map((name) => ({ name }));
    expect(verdictSentence(record([cpu, other], { variants }))).toMatch(
      /^with_insights costs .*\. collecting_only costs /,
    );
  });

  describe('of a variant that meets an outage', () => {
    const variants = [
      { name: 'without_insights' },
      { name: 'with_insights' },
      { name: 'with_insights_outage_hang', outage: 'hang' },
    ] as const;
    const ill = (effect: Effect): Effect => ({ ...effect, candidate: 'with_insights_outage_hang' });
    const lost = effectOf('events_dropped', [276, 276, 276], { level: 0.95, baselineMean: 0 });
    const exit = effectOf('shutdown_ms', [9630, 0, 0], { baselineMean: 370, difference: null, verdict: null });

    test('begins with the outage, and says what is lost and how long the exit takes', () => {
      const effects = [cpu, events, ill(cpu), ill(events), ill(lost), ill(exit)];
      expect(verdictSentence(record(effects, { variants }))).toBe(
        'with_insights costs +0.31 ms CPU per request (+6.2 %; 98.75 % CI +4.9 to +7.5) and sends 1.3 events per request: 112,000 a day at 1 req/s. ' +
          'While Honeybadger never answers, with_insights costs +0.31 ms CPU per request (+6.2 %; 98.75 % CI +4.9 to +7.5) and loses 276 events per trial, and takes 10 s to end instead of 0.37 s',
      );
    });

    test('without a claim says the same, and of an exit that is hardly longer nothing', () => {
      const none = effectOf('cpu_ms_per_request', [1.003, 0.996, 1.011], { verdict: 'equivalent' });
      const short = { ...exit, candidateMean: 1300 };
      expect(verdictSentence(record([ill(none), ill(lost), ill(short)], { variants: variants.slice(1) }))).toBe(
        'While Honeybadger never answers, with_insights: CPU per request shows no difference larger than 2 % (90 % CI −0.4 to +1.1); it loses 276 events per trial',
      );
    });

    test('has no part in the label of a run that measured the healthy one', () => {
      expect(summaryLabel(record([cpu, p95, ill(cpu)], { variants }))).toBe('CPU +6.2 % · p95 ≈');
      expect(summaryLabel(record([ill(cpu)], { variants: [variants[1], variants[2]] }))).toBe('CPU +6.2 %');
    });
  });

  test('says that nothing was measured', () => {
    expect(verdictSentence(record([]))).toBe('with_insights: nothing was measured that could be judged');
  });
});

describe('the label of a run', () => {
  test.each([
    [record([cpu, p95]), 'CPU +6.2 % · p95 ≈', 'increase'],
    [
      record([
        { ...cpu, verdict: 'inconclusive' },
        { ...p95, verdict: null },
      ]),
      'CPU ? · p95 –',
      'inconclusive',
    ],
    [record([cpu], { status: 'partial' }), 'partial, no verdict', null],
    [record([cpu], { status: 'invalid' }), 'invalid', null],
    [record([]), 'nothing judged', null],
    [record([cpu], { plan: syntheticPlan({ purpose: 'aa' }) }), 'A/A: CPU ±1.2 %', 'increase'],
    [
      record([cpu, { ...cpu, candidate: 'c', verdict: 'equivalent' }], {
        variants: ['a', 'with_insights', 'c'].map((name) => ({ name })),
      }),
      'with_insights: CPU +6.2 % | c: CPU ≈',
      'increase',
    ],
  ] as const)('is short (case %#)', (given, label, verdict) => {
    expect(summaryLabel(given)).toBe(label);
    expect(summaryVerdict(given)).toBe(verdict);
  });
});
