import type { MethodFact } from '../methodFacts';
import { isMetricName } from '../metrics';
import type { NoiseFloor } from '../noise/noiseSchemas';
import { isSameScenario } from '../noise/noiseFloor';
import { noiseConditions } from '../noise/noiseRun';
import type { ComparisonRecord, Effect } from '../record';
import { resolvableShare } from '../statistics/noiseSd';
import { formatPercent } from './formatNumber';
import { candidatesOf, headlineEffects } from './leadEffects';
import { metricPhrase } from './metricPhrase';

/** What the words of the noise floor need of a record. */
export type NoiseInput = Pick<ComparisonRecord, 'createdAt' | 'machine' | 'software' | 'plan' | 'noise'>;

/** An A/A run older than this is told to be. */
const freshDays = 30;
const dayMs = 86_400_000;

/**
 * The noise floor of one effect, as a share (0.018 = ±1.8 %): half of the interval that the baseline against itself has at the effect's
 * number of blocks and level. Null where nothing is known of it: no A/A run, no headline metric, no ratio.
 */
export function effectNoise(noise: NoiseFloor | undefined, effect: Effect): number | null {
  const known = noise?.metrics[effect.metric];
  if (!known || effect.family !== 'headline' || effect.scope.kind !== 'total' || effect.ratio === null) return null;
  return resolvableShare(known.sdPercent / 100, effect.blocks, effect.ratio.level);
}

/** `±1.8 % at 6 blocks`; null without one. */
export function effectNoiseText(noise: NoiseFloor | undefined, effect: Effect): string | null {
  const share = effectNoise(noise, effect);
  return share === null ? null : `±${noiseShareText(share)} at ${effect.blocks} blocks`;
}

/**
 * One line for all headline metrics: `This machine's noise floor: CPU per request ±1.8 %, mean latency ±2.5 % at 6 blocks (2 A/A runs, the
 * last on 2026-11-22)`, with what makes it weak. Empty when nothing is known, and in an A/A record, which shows more.
 */
export function noiseLine(record: NoiseInput & Pick<ComparisonRecord, 'effects' | 'headline' | 'variants'>): string {
  const { noise } = record;
  const [candidate] = candidatesOf(record);
  if (!noise || candidate === undefined || record.plan.purpose === 'aa') return '';
  const shares = headlineEffects(record, candidate).flatMap((effect) => {
    const share = effectNoise(noise, effect);
    return share === null ? [] : [{ effect, text: `${metricPhrase(effect.metric)} ±${noiseShareText(share)}` }];
  });
  const [first] = shares;
  if (!first) return '';
  const whose = noise.isSameMachine ? "This machine's noise floor" : "Another machine's noise floor";
  const weak = noiseWeaknesses(record);
  const note = weak.length === 0 ? '' : `. A rough hint only: ${weak.join('; ')}`;
  return `${whose}: ${shares.map(({ text }) => text).join(', ')} at ${first.effect.blocks} blocks (${runsText(noise)})${note}`;
}

/** Why the noise floor may not hold for this comparison, each in a few words; empty: same machine, same load, lately. */
export function noiseWeaknesses(record: NoiseInput): readonly string[] {
  const { noise } = record;
  if (!noise) return [];
  const wanted = noiseConditions(record, '');
  const days = Math.floor((Date.parse(record.createdAt) - Date.parse(noise.measuredAt)) / dayMs);
  const { cpu, cores } = noise.machine;
  return [
    ...(noise.isSameMachine ? [] : [`measured on another machine (${cpu}, ${cores} cores)`]),
    ...(isSameScenario(noise, wanted) ? [] : [`measured with another load (${noise.scenario})`]),
    ...(noise.trialSeconds === wanted.trialSeconds
      ? []
      : [`from trials of ${noise.trialSeconds} s, not ${wanted.trialSeconds} s`]),
    ...(days > freshDays ? [`measured ${days} days before`] : []),
    ...otherSoftware(noise.software, wanted.software),
  ];
}

/** `2 A/A runs, the last on 2026-11-22`. */
export function runsText({ runs, measuredAt }: NoiseFloor): string {
  const day = measuredAt.slice(0, 10);
  return runs === 1 ? `one A/A run on ${day}` : `${runs} A/A runs, the last on ${day}`;
}

/** `none`, `in 1 of 3 (…)`: in how many of the runs the identical pair was called different. */
export function falseClaimsText({ runs, runsWithClaims }: NoiseFloor): string {
  return runsWithClaims === 0 ? 'none' : `in ${runsWithClaims} of ${runs} (chance alone: in at most 5 % of runs)`;
}

/** How the noise floor is known, for *How measured*; empty without one. */
export function noiseFacts(record: NoiseInput): readonly MethodFact[] {
  const { noise } = record;
  if (!noise) return [];
  const weak = noiseWeaknesses(record);
  const sds = Object.entries(noise.metrics)
    .filter(([metric]) => isMetricName(metric))
    .map(([metric, { sdPercent }]) => `${metricPhrase(metric)} ${noiseShareText(sdPercent / 100)}`);
  return [
    { name: 'From', text: `${runsText(noise)}: ${noise.scenario}, trials of ${noise.trialSeconds} s` },
    { name: 'False claims', text: falseClaimsText(noise) },
    { name: 'Spread of a block', text: `sd of the log ratio: ${sds.join(', ')}` },
    {
      name: 'Holds here',
      text: weak.length === 0 ? 'same machine, same load, same versions' : `as a rough hint only: ${weak.join('; ')}`,
    },
  ];
}

/** What the figures of `resolution` mean, and what they assume. */
export function resolutionAssumption(noise: NoiseFloor): string {
  const capacity = noise.capacitySeconds === null ? '' : `, capacity trials of ${noise.capacitySeconds} s`;
  return `Half of the ${formatPercent(noise.level)} interval with one candidate, t × sd / √blocks. Assumes that a block's spread is everywhere what it was here (${noise.scenario}: trials of ${noise.trialSeconds} s${capacity}), which it is only roughly for another load or length`;
}

export interface ResolutionRow {
  readonly scenario: string;
  readonly blocks: number;
  readonly trialSeconds: number;
  /** Of a whole run of two variants. */
  readonly seconds: number;
  /** Whether it is the scenario that was measured. */
  readonly isMeasured: boolean;
  /** By `resolutionMetrics`: `±1.8 %`, or `–`. */
  readonly cells: readonly string[];
}

/** The metrics of which something is known, in the order of the record. */
export function resolutionMetrics({
  noise,
  headline,
}: Pick<ComparisonRecord, 'noise' | 'headline'>): readonly string[] {
  return headline.filter((metric) => isMetricName(metric) && noise?.metrics[metric] !== undefined);
}

/** What can be resolved in the time of each scenario. */
export function resolutionRows(record: Pick<ComparisonRecord, 'noise' | 'headline'>): readonly ResolutionRow[] {
  const { noise } = record;
  if (!noise) return [];
  const metrics = resolutionMetrics(record);
  return noise.scenarios.map(({ name, blocks, trialSeconds, seconds }) => ({
    scenario: name,
    blocks,
    trialSeconds,
    seconds,
    isMeasured: name === noise.scenario,
    cells: metrics.map((metric) => {
      const percent = noise.metrics[metric]?.resolvablePercent[name] ?? null;
      return percent === null ? '–' : `±${noiseShareText(percent / 100)}`;
    }),
  }));
}

function otherSoftware(then: NoiseFloor['software'], now: NoiseFloor['software']): readonly string[] {
  const names = { python: 'Python ', framework: '', server: '', honeybadger: 'honeybadger ' } as const;
  return (['python', 'framework', 'server', 'honeybadger'] as const).flatMap((part) => {
    const before = then[part];
    return before === null || before === now[part] ? [] : [`measured with ${names[part]}${before}`];
  });
}

/** Two significant digits below 10 %, whole percents above: more would claim to know the noise of noise. */
export function noiseShareText(share: number): string {
  return formatPercent(share >= 0.0995 ? Math.round(share * 100) / 100 : Number(share.toPrecision(2)));
}
