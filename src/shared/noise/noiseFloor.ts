import { headlineFamily } from '../effects/headlineLevel';
import { isMetricName } from '../metrics';
import { pooledSd, resolvableShare } from '../statistics/noiseSd';
import type { NoiseConditions, NoiseFloor, NoiseRun, NoiseSchedule } from './noiseSchemas';

/** More runs than this add little, and the machine they knew is gone. */
const mostRuns = 5;
const pooledDays = 90;
const dayMs = 86_400_000;

/**
 * The noise floor for a comparison under `wanted`, from the A/A runs of its target; null without any. The run whose conditions are nearest
 * (machine first, then scenario, then trial length, then the newest) decides; of those under the same conditions the newest five within 90
 * days are pooled. What still differs from `wanted` stands in the result, to be said.
 */
export function noiseFloor(
  runs: readonly NoiseRun[],
  wanted: NoiseConditions,
  options: { readonly headline: readonly string[]; readonly schedules: readonly NoiseSchedule[] },
): NoiseFloor | null {
  const headline = options.headline.filter(isMetricName);
  const useful = runs.filter(({ metrics }) => headline.some((metric) => metric in metrics));
  const [nearest] = [...useful].sort(
    (one, other) => nearness(other, wanted) - nearness(one, wanted) || other.measuredAt.localeCompare(one.measuredAt),
  );
  if (!nearest) return null;
  const oldest = Date.parse(nearest.measuredAt) - pooledDays * dayMs;
  const pooled = useful
    .filter((run) => isAlike(run, nearest) && Date.parse(run.measuredAt) >= oldest)
    .sort((one, other) => other.measuredAt.localeCompare(one.measuredAt))
    .slice(0, mostRuns);
  const { level } = headlineFamily({ headline, candidates: 1, hasCapacity: wanted.capacitySeconds !== null });
  const { id: _id, blocks: _blocks, metrics: _metrics, measuredAt, ...conditions } = nearest;
  return {
    ...conditions,
    runs: pooled.length,
    runsWithClaims: pooled.filter(({ metrics }) => Object.values(metrics).some(({ isClaimed }) => isClaimed)).length,
    measuredAt,
    isSameMachine: nearest.machine.id === wanted.machine.id,
    level,
    scenarios: options.schedules.map((schedule) => ({ ...schedule })),
    metrics: Object.fromEntries(
      headline.flatMap((metric) => {
        const known = pooled.flatMap(({ metrics }) => metrics[metric] ?? []);
        return known.length === 0 ? [] : [[metric, metricNoise(known, level, options.schedules)] as const];
      }),
    ),
  };
}

function metricNoise(
  known: readonly NoiseRun['metrics'][string][],
  level: number,
  schedules: readonly NoiseSchedule[],
): NoiseFloor['metrics'][string] {
  const logSd = pooledSd(known.map(({ logSd: sd, blocks }) => ({ sd, blocks })));
  return {
    sdPercent: 100 * logSd,
    blocks: known.reduce((sum, { blocks }) => sum + blocks, 0),
    resolvablePercent: Object.fromEntries(
      schedules.map(({ name, blocks }) => {
        const share = resolvableShare(logSd, blocks, level);
        return [name, share === null ? null : 100 * share] as const;
      }),
    ),
  };
}

function nearness(run: NoiseRun, wanted: NoiseConditions): number {
  return (
    (run.machine.id === wanted.machine.id ? 4 : 0) +
    (isSameScenario(run, wanted) ? 2 : 0) +
    (run.trialSeconds === wanted.trialSeconds ? 1 : 0)
  );
}

function isAlike(run: NoiseRun, other: NoiseRun): boolean {
  return run.machine.id === other.machine.id && isSameScenario(run, other) && run.trialSeconds === other.trialSeconds;
}

/** The same users or about the same rate: `quick` takes half of what the app can serve, which is never the same twice. */
export function isSameScenario(one: NoiseConditions, other: NoiseConditions): boolean {
  if ((one.pinned ?? false) !== (other.pinned ?? false)) return false;
  if (one.scenario !== other.scenario || one.behaviour !== other.behaviour || one.endpoint !== other.endpoint)
    return false;
  if (one.load.type === 'rate' && other.load.type === 'rate') {
    const factor = one.load.ratePerSecond / other.load.ratePerSecond;
    return factor > 2 / 3 && factor < 3 / 2;
  }
  return one.load.type === 'users' && other.load.type === 'users' && one.load.users === other.load.users;
}
