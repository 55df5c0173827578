import { mean } from '../../src/shared/statistics/mean';
import { sampleSd } from '../../src/shared/statistics/sampleSd';
import { studentQuantile } from '../../src/shared/statistics/blockEstimate';
import type { BlockLogs } from './blockSeries';

/** A way to turn the blocks of an A/A into observations of an effect that is not there. */
export interface Model {
  readonly name: string;
  readonly observe: (blocks: readonly BlockLogs[]) => readonly number[];
  /** Degrees of freedom that it pays for what it estimates from the blocks themselves. */
  readonly estimated: number;
}

const fixed = (name: string, slownessOf: (block: BlockLogs) => number): Model => ({
  name,
  observe: (blocks) => blocks.map((block) => block.effect - slownessOf(block)),
  estimated: 0,
});

/** Least squares through the blocks' own values: the analysis of covariance with one covariate. */
const fitted = (name: string, slownessOf: (block: BlockLogs) => number): Model => ({
  name,
  observe: (blocks) => {
    const slope = slopeOf(blocks, slownessOf);
    return blocks.map((block) => block.effect - slope * slownessOf(block));
  },
  estimated: 1,
});

/** `sign` is −1 for a rate, which shrinks as the machine slows down. */
export function modelsFor(sign: 1 | -1): readonly Model[] {
  return [
    fixed('as measured', () => 0),
    fixed('probe, median, slope 1', ({ probeMedian }) => sign * probeMedian),
    fixed('probe, mean, slope 1', ({ probeMean }) => sign * probeMean),
    fixed('generator, slope 1', ({ generator }) => sign * generator),
    fixed('generator, slope 0.8', ({ generator }) => sign * 0.8 * generator),
    fixed(
      'probe (median) and generator, half each',
      ({ probeMedian, generator }) => (sign * (probeMedian + generator)) / 2,
    ),
    fixed('probe (mean) and generator, half each', ({ probeMean, generator }) => (sign * (probeMean + generator)) / 2),
    fitted('probe, mean, fitted: the default', ({ probeMean }) => sign * probeMean),
    fitted('probe, median, fitted', ({ probeMedian }) => sign * probeMedian),
    fitted('generator, fitted', ({ generator }) => sign * generator),
  ];
}

export function slopeOf(blocks: readonly BlockLogs[], slownessOf: (block: BlockLogs) => number): number {
  const [x, y] = [blocks.map(slownessOf), blocks.map(({ effect }) => effect)];
  const [middleX, middleY] = [mean(x), mean(y)];
  const squares = x.reduce((sum, value) => sum + (value - middleX) ** 2, 0);
  return x.reduce((sum, value, index) => sum + (value - middleX) * ((y[index] ?? 0) - middleY), 0) / squares;
}

export interface DesignFigures {
  readonly sdPercent: number;
  readonly meanPercent: number;
  /** Half of the 95 % interval after ten minutes of measuring per variant, and after ten minutes of wall time. */
  readonly per10MinutesMeasured: number;
  readonly per10MinutesWall: number;
  /** Claims at 95 % among groups of four blocks that follow each other. */
  readonly claims: string;
}

export interface BlockTime {
  /** Measured time per variant and block. */
  readonly measuredSeconds: number;
  readonly wallSeconds: number;
}

export function figuresOf(model: Model, blocks: readonly BlockLogs[], time: BlockTime): DesignFigures {
  const values = model.observe(blocks);
  const spread = sampleSd(values) * Math.sqrt((values.length - 1) / Math.max(1, values.length - 1 - model.estimated));
  const halfWidth = (count: number): number =>
    100 * ((studentQuantile(0.975, Math.max(1, count - 1 - model.estimated)) * spread) / Math.sqrt(count));
  return {
    sdPercent: 100 * spread,
    meanPercent: 100 * mean(values),
    per10MinutesMeasured: halfWidth(Math.max(3, 600 / time.measuredSeconds)),
    per10MinutesWall: halfWidth(Math.max(3, 600 / time.wallSeconds)),
    claims: claimsOf(model, blocks),
  };
}

const groupSize = 4;

function claimsOf(model: Model, blocks: readonly BlockLogs[]): string {
  const groups = Math.floor(blocks.length / groupSize);
  let claims = 0;
  for (let group = 0; group < groups; group += 1) {
    const values = model.observe(blocks.slice(group * groupSize, (group + 1) * groupSize));
    const freedom = groupSize - 1 - model.estimated;
    const spread = sampleSd(values) * Math.sqrt((groupSize - 1) / freedom);
    if (Math.abs(mean(values)) > (studentQuantile(0.975, freedom) * spread) / Math.sqrt(groupSize)) claims += 1;
  }
  return `${claims} of ${groups}`;
}
