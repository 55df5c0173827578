import { describe, expect, test } from 'vitest';
import { normalDeviate } from '../../../test/fixtures/syntheticTrials';
import { metricNamed } from '../metrics';
import { randomStream, shuffled, type RandomStream } from '../random';
import type { Estimate } from '../record';
import { compareMeans, type ValuePair } from './compareMeans';
import { headlineFamily } from './headlineLevel';
import { untouched } from './speedAdjustment';

const headline = ['cpu_ms_per_request', 'latency_mean_ms', 'capacity_rps', 'capacity_cpu_ms_per_request'] as const;
type Headline = (typeof headline)[number];

/** An injected effect on each headline metric, as a factor. */
type Effects = Readonly<Record<Headline, number>>;
const none: Effects = { cpu_ms_per_request: 1, latency_mean_ms: 1, capacity_rps: 1, capacity_cpu_ms_per_request: 1 };
const injected: Effects = {
  cpu_ms_per_request: 1.06,
  latency_mean_ms: 1.1,
  capacity_rps: 0.87,
  capacity_cpu_ms_per_request: 1.15,
};

/** With so many a share of 5 % is seen to within ±0.5 % (one sd), one of 2.3–3.2 % as found here to within ±0.4 %: no tolerance is added. */
const comparisons = 2000;
/** Coverage of 95 % is seen to within ±0.9 % (one sd). */
const coverageComparisons = 600;

interface World {
  /** Log of the machine's slowness; autocorrelated from trial to trial, as measured (0.47 at 37 s). */
  drift: number;
  readonly random: RandomStream;
}

/** Student's t with 3 degrees of freedom, scaled to a standard deviation of about 1. */
function heavyTail(random: RandomStream): number {
  const chi = normalDeviate(random) ** 2 + normalDeviate(random) ** 2 + normalDeviate(random) ** 2;
  return normalDeviate(random) / Math.sqrt(chi / 3) / Math.sqrt(3);
}

interface Slowness {
  /** Log: of the app. */
  readonly app: number;
  /** Log: as the probe beside it sees it. */
  readonly probe: number;
}

/**
 * Of one trial: drifting machine, luck of the process, now and then a burst of other work, heavy-tailed rest. The probe sees the
 * drift, most of a burst, nothing of the process's luck, and has noise of its own.
 */
function trialSlowness(world: World): Slowness {
  const { random } = world;
  world.drift = 0.5 * world.drift + 0.05 * normalDeviate(random);
  const burst = random.next() < 0.08 ? 0.4 * random.next() : 0;
  return {
    app: world.drift + 0.04 * normalDeviate(random) + burst + 0.02 * heavyTail(random),
    probe: world.drift + 0.7 * burst + 0.015 * normalDeviate(random) + 0.01 * heavyTail(random),
  };
}

interface Measured {
  readonly values: Readonly<Record<Headline, number>>;
  /** Log: the probe beside the trial that each metric comes from. */
  readonly probe: Readonly<Record<Headline, number>>;
}

/** Four correlated metrics of one variant in one block: two from its scenario trial, two from its capacity trial. */
function measure(world: World, effects: Effects): Measured {
  const scenario = trialSlowness(world);
  const capacity = trialSlowness(world);
  const own = (): number => 0.01 * normalDeviate(world.random);
  return {
    values: {
      cpu_ms_per_request: 5 * effects.cpu_ms_per_request * Math.exp(scenario.app + own()),
      latency_mean_ms: 20 * effects.latency_mean_ms * Math.exp(1.3 * scenario.app + own()),
      capacity_rps: 700 * effects.capacity_rps * Math.exp(-capacity.app + own()),
      capacity_cpu_ms_per_request: 1.4 * effects.capacity_cpu_ms_per_request * Math.exp(capacity.app + own()),
    },
    probe: {
      cpu_ms_per_request: scenario.probe,
      latency_mean_ms: scenario.probe,
      capacity_rps: capacity.probe,
      capacity_cpu_ms_per_request: capacity.probe,
    },
  };
}

/** Latency's is wrong on purpose: of 1.3 that is true. */
const slopes: Readonly<Record<Headline, number>> = {
  cpu_ms_per_request: 1,
  latency_mean_ms: 0.6,
  capacity_rps: -1,
  capacity_cpu_ms_per_request: 1,
};

function compare(
  seed: number,
  blocks: number,
  effects: Effects,
  isAdjusted: boolean,
): { readonly metric: Headline; readonly ratio: Estimate; readonly isClaim: boolean }[] {
  const world: World = { drift: 0, random: randomStream(seed, 'world', blocks) };
  const pairs = Array.from({ length: blocks }, () => {
    const variants = shuffled(['baseline', 'candidate'] as const, world.random);
    const values = new Map(
      variants.map((variant) => [variant, measure(world, variant === 'candidate' ? effects : none)]),
    );
    return {
      baseline: values.get('baseline') ?? measure(world, none),
      candidate: values.get('candidate') ?? measure(world, effects),
    };
  });
  const { level } = headlineFamily({ headline, candidates: 1, hasCapacity: true });
  return headline.map((name) => {
    const values: ValuePair[] = pairs.map(({ baseline, candidate }) => ({
      baseline: baseline.values[name],
      candidate: candidate.values[name],
    }));
    const metric = metricNamed(name);
    const adjustment = untouched({
      slope: slopes[name],
      logRatios: pairs.map(({ baseline, candidate }) => candidate.probe[name] - baseline.probe[name]),
    });
    const { ratio, verdict } = compareMeans(values, metric.resolution, {
      metric,
      level,
      seed,
      adjustment: isAdjusted && adjustment !== 'touched' ? adjustment : null,
    });
    if (!ratio) throw new Error('no ratio');
    return { metric: name, ratio, isClaim: verdict === 'increase' || verdict === 'decrease' };
  });
}

const halfWidth = ({ interval95 }: Estimate): number => Math.log(interval95.high / interval95.low) / 2;

describe.each([
  [3, 'as measured'],
  [6, 'as measured'],
  [15, 'as measured'],
  [3, 'at equal machine speed'],
  [6, 'at equal machine speed'],
  [15, 'at equal machine speed'],
])('comparisons of %i blocks on a drifting, bursting machine, %s', (blocks, how) => {
  const isAdjusted = how === 'at equal machine speed';

  test('call an identical pair different on any headline metric in at most 5 %', () => {
    let falseClaims = 0;
    for (let seed = 0; seed < comparisons; seed += 1) {
      if (compare(seed, blocks, none, isAdjusted).some(({ isClaim }) => isClaim)) falseClaims += 1;
    }
    expect(falseClaims / comparisons).toBeLessThanOrEqual(0.05);
  });

  test('hold an injected effect inside the 95 % interval in at least 93 %', () => {
    const covered = new Map<Headline, number>(headline.map((name) => [name, 0]));
    for (let seed = 0; seed < coverageComparisons; seed += 1) {
      for (const { metric, ratio } of compare(seed, blocks, injected, isAdjusted)) {
        const isInside = ratio.interval95.low <= injected[metric] && injected[metric] <= ratio.interval95.high;
        if (isInside) covered.set(metric, (covered.get(metric) ?? 0) + 1);
      }
    }
    for (const [metric, count] of covered) expect(count / coverageComparisons, metric).toBeGreaterThanOrEqual(0.93);
  });
});

test('adjusting makes intervals narrower, with a wrong slope too', () => {
  const narrower = new Map<Headline, number[]>(headline.map((name) => [name, []]));
  for (let seed = 0; seed < 200; seed += 1) {
    const [raw, adjusted] = [compare(seed, 6, none, false), compare(seed, 6, none, true)];
    raw.forEach(({ metric, ratio }, index) => {
      const other = adjusted[index];
      if (other) narrower.get(metric)?.push(halfWidth(other.ratio) / halfWidth(ratio));
    });
  }
  for (const [metric, shares] of narrower) {
    const median = [...shares].sort((one, other) => one - other)[shares.length / 2];
    expect(median, metric).toBeLessThan(0.9);
  }
});
