import { studentEstimate, type BlockEstimate, type Interval } from './blockEstimate';
import { mean } from './mean';
import { sampleSd } from './sampleSd';

/**
 * Mean of one value per block, its standard deviation taken to be no smaller than `resolutionFloor` (in the values'
 * unit): equal readings of a coarse scale are not certainty. Needs two values or more.
 */
export function estimateMean(values: readonly number[], resolutionFloor: number): BlockEstimate {
  return studentEstimate(mean(values), Math.max(sampleSd(values), resolutionFloor), values.length);
}

/** Student's t interval of the mean at `level` (0.95 = 95 %); null for fewer than two values. */
export function studentInterval(
  values: readonly number[],
  level: number,
  resolutionFloor: number,
): (Interval & { readonly estimate: number; readonly level: number }) | null {
  if (values.length < 2) return null;
  const estimated = estimateMean(values, resolutionFloor);
  return { estimate: estimated.estimate, ...estimated.intervalAt(level), level };
}
