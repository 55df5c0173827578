import { studentEstimate, type BlockEstimate, type Interval } from './blockEstimate';
import { mean } from './mean';
import { sampleSd } from './sampleSd';
import { twoStageSpread } from './twoStage';

/**
 * Mean of one value per block, its standard deviation taken to be no smaller than `resolutionFloor` (in the values'
 * unit). Needs two values or more. `firstStage`: how many of them, from the first, fixed the number of all (`twoStage.ts`).
 *
 * Readings that spread less than one step of their scale are not averaged into certainty either: what is rounded away is the
 * same in every block (149 requests against 150), so that the interval reaches one step to both sides, whatever the blocks.
 *
 * `leastSd`: what the spread inside the trials alone makes of a block's value. Few blocks that agree more closely than that agree by chance.
 */
export function estimateMean(
  values: readonly number[],
  resolutionFloor: number,
  firstStage = values.length,
  leastSd = 0,
): BlockEstimate {
  const { sd, degreesOfFreedom } = twoStageSpread(values, firstStage);
  return studentEstimate(mean(values), Math.max(sd, resolutionFloor, leastSd), values.length, {
    degreesOfFreedom,
    leastHalfWidth: sampleSd(values) < resolutionFloor ? resolutionFloor : 0,
  });
}

/** Student's t interval of the mean at `level` (0.95 = 95 %); null for fewer than two values. */
export function studentInterval(
  values: readonly number[],
  level: number,
  resolutionFloor: number,
  firstStage = values.length,
): (Interval & { readonly estimate: number; readonly level: number }) | null {
  if (values.length < 2) return null;
  const estimated = estimateMean(values, resolutionFloor, firstStage);
  return { estimate: estimated.estimate, ...estimated.intervalAt(level), level };
}
