/** Arithmetic mean. NaN for no values: a caller must have some. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
