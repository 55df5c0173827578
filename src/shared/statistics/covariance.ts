import { studentEstimate, type BlockEstimate } from './blockEstimate';
import { leastSquaresSlope } from './leastSquaresSlope';
import { mean } from './mean';
import { sampleSd } from './sampleSd';
import { hasTwoStages, stagedSpread, type Spread } from './twoStage';

/** One block: what was measured, and what is known of the circumstances (its difference between the variants). */
export interface CovariateBlock {
  readonly value: number;
  readonly covariate: number;
}

export interface CovarianceEstimate {
  /** Of the mean value of blocks whose covariate is zero. */
  readonly estimate: BlockEstimate;
  /** By which the values follow the covariate. */
  readonly slope: number;
  /** Of the estimate's Student's t: the slope has cost one. */
  readonly degreesOfFreedom: number;
  /** The values less slope × covariate, block by block. */
  readonly adjusted: readonly number[];
  /** Blocks after the first stage spread more than it let expect: the interval is that of all. */
  readonly isWiderLater: boolean;
}

/** A covariate that spreads less than this share of its size is a constant with rounding errors. */
const leastSpread = 1e-9;

/**
 * The analysis of covariance with one covariate (Fisher 1932, Statistical Methods for Research Workers, 4th ed., §49.1): value = effect +
 * slope · covariate + error by least squares, the effect read off where the covariate is zero. With x̄ and S the mean and the sum of
 * squares of the covariate: `effect ± t·s·√(1/n + x̄²/S)`, t and s on n − 2 degrees of freedom. A covariate that tells nothing costs
 * that one degree of freedom and no more; one that differs between the variants all the time makes the interval wide, not wrong.
 *
 * `resolutionFloor` and `leastSd` as in `estimateMean`. With `firstStage` (`twoStage.ts`) s is that of the first blocks' own line: what a line through
 * all of them gives hangs on the first ones only by their own line, of which s is independent, so that Stein's argument holds.
 * Null where the covariate does not vary, or for fewer than three blocks.
 */
export function analyseCovariance(
  blocks: readonly CovariateBlock[],
  resolutionFloor: number,
  firstStage = blocks.length,
  leastSd = 0,
): CovarianceEstimate | null {
  const line = fitLine(blocks);
  const first = hasTwoStages(blocks, firstStage) ? fitLine(blocks.slice(0, firstStage)) : line;
  if (!line || !first) return null;
  const later = first === line ? [] : line.adjusted.slice(firstStage);
  const { sd, degreesOfFreedom, isWiderLater } = stagedSpread(first.spread, line.spread, later);
  return {
    estimate: studentEstimate(
      mean(line.adjusted),
      Math.max(sd, resolutionFloor, leastSd) * line.leverage,
      blocks.length,
      {
        degreesOfFreedom,
        leastHalfWidth: sampleSd(line.adjusted) < resolutionFloor ? resolutionFloor : 0,
      },
    ),
    slope: line.slope,
    degreesOfFreedom,
    adjusted: line.adjusted,
    isWiderLater,
  };
}

interface Line {
  readonly slope: number;
  readonly adjusted: readonly number[];
  /** Of the residuals. */
  readonly spread: Spread;
  /** √(1 + n·x̄²/S): how much less sure the value at zero is than that at the covariate's mean. */
  readonly leverage: number;
}

function fitLine(blocks: readonly CovariateBlock[]): Line | null {
  const covariates = blocks.map(({ covariate }) => covariate);
  const slope = leastSquaresSlope(blocks.map(({ covariate, value }) => ({ x: covariate, y: value })));
  const [middle, spread] = [mean(covariates), sampleSd(covariates)];
  const isConstant = spread <= leastSpread * Math.max(...covariates.map(Math.abs));
  if (slope === null || isConstant || blocks.length < 3) return null;
  const adjusted = blocks.map(({ value, covariate }) => value - slope * covariate);
  const [freedom, count] = [blocks.length - 2, blocks.length];
  return {
    slope,
    adjusted,
    spread: { sd: sampleSd(adjusted) * Math.sqrt((count - 1) / freedom), degreesOfFreedom: freedom },
    leverage: Math.sqrt(1 + (count * middle ** 2) / ((count - 1) * spread ** 2)),
  };
}
