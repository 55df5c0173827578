import { mean } from './mean';
import { sampleSd } from './sampleSd';

/** Sample standard deviation as a share of the mean; null for fewer than two values or a mean that is not positive. */
export function coefficientOfVariation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  return centre > 0 ? sampleSd(values) / centre : null;
}
