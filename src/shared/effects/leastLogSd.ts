import type { Metric } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { mean } from '../statistics/mean';
import type { TrialPair } from './pairBlocks';

type AnyTrial = Trial | CapacityTrial;

/**
 * The standard deviation of a block's log ratio that the spread inside its trials alone implies: the root of the mean over blocks of the two
 * trials' squared relative standard errors. Between trials there is more (each process's own luck, the machine), so blocks that agree more closely
 * do so by chance: of forty short A/A runs on a noisy machine, the wrong claims on capacity came from three blocks within 0.3 % whose seconds spread
 * by 4 %. Undefined where the trials do not tell: scenario trials, whose seconds differ in what is asked for, and records of earlier versions.
 */
export function leastLogSd(metric: Metric, pairs: readonly TrialPair<AnyTrial>[]): number | undefined {
  const squares = pairs.flatMap(({ baseline, candidate }) => {
    const errors = [baseline, candidate].map((trial) => ownError(metric, trial));
    const [one, other] = errors;
    return one === undefined || other === undefined ? [] : [one ** 2 + other ** 2];
  });
  return squares.length === 0 || squares.length < pairs.length ? undefined : Math.sqrt(mean(squares));
}

function ownError({ name }: Metric, trial: AnyTrial): number | undefined {
  if (!('rps' in trial)) return undefined;
  if (name === 'capacity_rps') return trial.ownError?.rps;
  return name === 'capacity_cpu_ms_per_request' ? trial.ownError?.cpuPerRequest : undefined;
}
