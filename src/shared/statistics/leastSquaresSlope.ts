import { mean } from './mean';

/** Slope of the ordinary least-squares line of y over x, in units of y per unit of x; null when x does not vary. */
export function leastSquaresSlope(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  if (points.length < 2) return null;
  const centreX = mean(points.map(({ x }) => x));
  const centreY = mean(points.map(({ y }) => y));
  let covariance = 0;
  let variance = 0;
  for (const { x, y } of points) {
    covariance += (x - centreX) * (y - centreY);
    variance += (x - centreX) ** 2;
  }
  return variance > 0 ? covariance / variance : null;
}
