/** The smallest step of 1, 2 or 5 times a power of ten of which `pieces` cover a span. Both must be above 0. */
export function roundStep(span: number, pieces: number): number {
  const power = 10 ** Math.floor(Math.log10(span / pieces));
  return ([1, 2, 5, 10].find((factor) => factor * power >= span / pieces) ?? 10) * power;
}
