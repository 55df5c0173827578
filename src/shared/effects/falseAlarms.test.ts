import { describe, expect, test } from 'vitest';
import {
  covariateOf,
  driftingMachine,
  headline,
  injected,
  none,
  type BlockValues,
  type Effects,
  type Headline,
  type ProbedPair,
} from '../../../test/fixtures/driftingMachine';
import { metricNamed } from '../metrics';
import type { Estimate } from '../record';
import { compareMeans } from './compareMeans';
import { headlineFamily } from './headlineLevel';

/** With so many a share of 5 % is seen to within ±0.5 % (one sd), one of 2.3–3.2 % as found here to within ±0.4 %: no tolerance is added. */
const comparisons = 2000;
/** Coverage of 95 % is seen to within ±0.9 % (one sd). */
const coverageComparisons = 600;

const ways = ['as measured', 'at equal machine speed'] as const;
type How = (typeof ways)[number];

interface Machine {
  readonly effects?: Effects;
  /** The probe's readings are those of another machine. */
  readonly isProbeBlind?: boolean;
}

function withProbeOf(other: BlockValues, block: BlockValues): BlockValues {
  const probed = (name: Headline): ProbedPair => ({ ...block[name], probeLogRatio: other[name].probeLogRatio });
  return {
    cpu_ms_per_request: probed('cpu_ms_per_request'),
    latency_mean_ms: probed('latency_mean_ms'),
    capacity_rps: probed('capacity_rps'),
    capacity_cpu_ms_per_request: probed('capacity_cpu_ms_per_request'),
  };
}

function compare(
  seed: number,
  blocks: number,
  { effects = none, isProbeBlind = false }: Machine,
  how: How,
): { readonly metric: Headline; readonly ratio: Estimate; readonly isClaim: boolean }[] {
  const nextBlock = driftingMachine(effects, seed, blocks);
  const elsewhere = isProbeBlind ? driftingMachine(none, seed, blocks, 'elsewhere') : null;
  const values = Array.from({ length: blocks }, () => {
    const block = nextBlock();
    return elsewhere ? withProbeOf(elsewhere(), block) : block;
  });
  const { level } = headlineFamily({ headline, candidates: 1, hasCapacity: true });
  return headline.map((name) => {
    const metric = metricNamed(name);
    const pairs = values.map((block) => block[name]);
    const slowness = how === 'at equal machine speed' ? covariateOf(pairs) : null;
    const { ratio, verdict } = compareMeans(pairs, metric.resolution, { metric, level, seed, slowness });
    if (!ratio) throw new Error('no ratio');
    return { metric: name, ratio, isClaim: verdict === 'increase' || verdict === 'decrease' };
  });
}

const halfWidth = ({ interval95 }: Estimate): number => Math.log(interval95.high / interval95.low) / 2;

describe.each(ways.flatMap((how) => [3, 6, 15].map((blocks) => ({ blocks, how }))))(
  'comparisons of $blocks blocks on a drifting, bursting machine, $how',
  ({ blocks, how }) => {
    test('call an identical pair different on any headline metric in at most 5 %', () => {
      let falseClaims = 0;
      for (let seed = 0; seed < comparisons; seed += 1) {
        if (compare(seed, blocks, {}, how).some(({ isClaim }) => isClaim)) falseClaims += 1;
      }
      expect(falseClaims / comparisons).toBeLessThanOrEqual(0.05);
    });

    test('hold an injected effect inside the 95 % interval in at least 93 %', () => {
      const covered = new Map<Headline, number>(headline.map((name) => [name, 0]));
      for (let seed = 0; seed < coverageComparisons; seed += 1) {
        for (const { metric, ratio } of compare(seed, blocks, { effects: injected }, how)) {
          const isInside = ratio.interval95.low <= injected[metric] && injected[metric] <= ratio.interval95.high;
          if (isInside) covered.set(metric, (covered.get(metric) ?? 0) + 1);
        }
      }
      for (const [metric, count] of covered) expect(count / coverageComparisons, metric).toBeGreaterThanOrEqual(0.93);
    });
  },
);

/** Median over comparisons of the width at equal machine speed against the width as measured. */
function medianWidths(blocks: number, isProbeBlind: boolean): Map<Headline, number> {
  const shares = new Map<Headline, number[]>(headline.map((name) => [name, []]));
  for (let seed = 0; seed < 300; seed += 1) {
    const machine = { effects: none, isProbeBlind };
    const [raw, adjusted] = ways.map((how) => compare(seed, blocks, machine, how));
    raw?.forEach(({ metric, ratio }, index) => {
      const other = adjusted?.[index];
      if (other) shares.get(metric)?.push(halfWidth(other.ratio) / halfWidth(ratio));
    });
  }
  return new Map(
    [...shares].map(([metric, each]) => [metric, each.sort((one, other) => one - other)[each.length / 2] ?? NaN]),
  );
}

test.each([6, 15])(
  'adjusting makes intervals of %i blocks narrower where the probe sees what the app feels',
  (blocks) => {
    for (const [metric, share] of medianWidths(blocks, false)) expect(share, metric).toBeLessThan(0.85);
  },
);

test.each([
  { blocks: 6, most: 1.25 },
  { blocks: 15, most: 1.06 },
])('a probe that sees nothing costs $blocks blocks one degree of freedom', ({ blocks, most }) => {
  for (const [metric, share] of medianWidths(blocks, true)) expect(share, metric).toBeLessThan(most);
});
