import { mean } from './mean';

/** Standard deviation of a sample (divisor n − 1), in two passes. NaN for fewer than two values. */
export function sampleSd(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
