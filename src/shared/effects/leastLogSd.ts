import type { Metric } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { mean } from '../statistics/mean';
import type { TrialPair } from './pairBlocks';

type AnyTrial = Trial | CapacityTrial;

/** From so many blocks on they tell their spread themselves; the slope on the machine's speed is fitted from there on too. */
const enoughBlocks = 6;

/**
 * The standard deviation of a block's log ratio that the spread inside its trials alone implies: √2 times the root of the mean of the baseline
 * trials' squared relative standard errors. Between trials there is more (each process's own luck, the machine), so blocks that agree more closely
 * do so by chance: of ten short A/A runs on a noisy machine, two had a wrong claim on capacity from three blocks within 0.3 % whose seconds spread
 * by 3 to 4 %. The baseline speaks for both: a candidate that sends each five seconds has seconds that differ by rule. Undefined for six blocks or
 * more, and where the trials do not tell: scenario trials, whose seconds differ in what is asked for, and records of earlier versions.
 */
export function leastLogSd(metric: Metric, pairs: readonly TrialPair<AnyTrial>[]): number | undefined {
  const errors = pairs.map(({ baseline }) => ownError(metric, baseline)).filter((error) => error !== undefined);
  if (errors.length === 0 || errors.length < pairs.length || pairs.length >= enoughBlocks) return undefined;
  return Math.sqrt(2 * mean(errors.map((error) => error ** 2)));
}

function ownError({ name }: Metric, trial: AnyTrial): number | undefined {
  if (!('rps' in trial)) return undefined;
  if (name === 'capacity_rps') return trial.ownError?.rps;
  return name === 'capacity_cpu_ms_per_request' ? (trial.ownError?.cpuPerRequest ?? undefined) : undefined;
}
