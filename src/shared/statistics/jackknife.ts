import { studentEstimate, type BlockEstimate } from './blockEstimate';
import { mean } from './mean';
import { sampleSd } from './sampleSd';
import { degreesOfFreedomOf } from './twoStage';

/**
 * Jackknife over blocks for a statistic of pooled data (a quantile of all requests of all blocks): `estimate` is that of
 * the whole pool, `withoutBlock[b]` the same with block b left out.
 *
 * The jackknife's standard error with Student's t on blocks − 1 (Miller 1974, Biometrika 61:1–15; Efron & Tibshirani
 * 1993, ch. 11), centred on the pooled estimate itself: the mean of the pseudo-values would take off a bias that for
 * quantiles is mostly noise, and would show an estimate that is not the pool's. Leaving out single requests fails for
 * quantiles (Efron & Tibshirani, 11.6); leaving out blocks of many does not (Shao & Wu 1989, Ann. Statist. 17:1176–1197).
 * `resolutionFloor` bounds the sd of the pseudo-values from below, and the half-width where they spread less than that, so that
 * tied estimates are not taken for certainty. `firstStage`: how many of the blocks fixed the number of all.
 */
export function jackknifeEstimate(
  estimate: number,
  withoutBlock: readonly number[],
  resolutionFloor: number,
  firstStage = withoutBlock.length,
): BlockEstimate {
  const blocks = withoutBlock.length;
  const pseudoValueSd = (blocks - 1) * sampleSd(withoutBlock);
  return studentEstimate(estimate, Math.max(pseudoValueSd, resolutionFloor), blocks, {
    degreesOfFreedom: degreesOfFreedomOf(blocks, firstStage),
    leastHalfWidth: pseudoValueSd < resolutionFloor ? resolutionFloor : 0,
  });
}

/**
 * What each block says by itself of a statistic of pooled data (Tukey's pseudo-values: n · whole − (n − 1) · without it), moved so
 * that their mean is the whole pool's.
 */
export function pseudoValues(estimate: number, withoutBlock: readonly number[]): readonly number[] {
  const middle = mean(withoutBlock);
  return withoutBlock.map((without) => estimate + (withoutBlock.length - 1) * (middle - without));
}
