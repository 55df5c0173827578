import type { Metric } from '../metrics';
import type { Effect, Estimate } from '../record';
import type { BlockEstimate, Interval } from '../statistics/blockEstimate';
import { blocksToSettle } from '../statistics/blocksToSettle';
import { equivalenceLevel } from '../statistics/equivalence';
import { ordinaryLevel } from './headlineLevel';
import { judge, ratioMargins, type Judgement } from './verdict';

/** Fewer blocks give no interval and no verdict. */
export const fewestBlocks = 3;

/** What an effect says, without what it is about. */
export type EffectFigures = Pick<
  Effect,
  | 'baselineMean'
  | 'candidateMean'
  | 'difference'
  | 'ratio'
  | 'candidateInterval'
  | 'raw'
  | 'adjustment'
  | 'blocks'
  | 'smallestEffect'
  | 'verdict'
  | 'blocksToSettle'
  | 'note'
>;

export interface FigureParts {
  readonly metric: Metric;
  readonly baselineMean: number;
  readonly candidateMean: number;
  readonly blocks: number;
  /** In the metric's unit. */
  readonly smallestEffect: number | null;
  /** Level of the interval that the word comes from. */
  readonly level: number;
  readonly candidateInterval: Interval | null;
  /** On the metric's scale: of the log ratio, or of the difference. Null: no interval, so no verdict. */
  readonly estimate: BlockEstimate | null;
  /** Present when `estimate` is one at equal machine speed. */
  readonly adjusted?: {
    /** What was measured. */
    readonly from: BlockEstimate;
    readonly slope: number;
    /** Of the machine in the candidate's trials against the baseline's, as a factor. */
    readonly slowness: number;
    /** Of the interval of `estimate`. */
    readonly degreesOfFreedom: number;
  };
  readonly notes: readonly string[];
  /** False: the interval is shown and no word is said. */
  readonly isJudged: boolean;
}

/**
 * Intervals, verdict and notes of one effect. On the log scale the ratio is what is estimated, and the difference is
 * baselineMean × (ratio − 1), bound by bound: both say the same. On the difference scale there is no ratio.
 */
export function effectFigures(parts: FigureParts): EffectFigures {
  const { metric, baselineMean, candidateMean, blocks, smallestEffect, estimate } = parts;
  const means = { baselineMean, candidateMean, blocks, smallestEffect };
  if (!estimate) {
    return { ...means, difference: null, ratio: null, candidateInterval: null, verdict: null, ...noteOf(parts.notes) };
  }
  const isLog = metric.scale === 'log';
  const { ratio, difference } = onBothScales(parts, estimate);
  const own = parts.candidateInterval;
  const candidateInterval = own && { low: own.low, high: own.high, level: ordinaryLevel };
  const shown = { ...means, difference, ratio, candidateInterval, ...rawFields(parts) };
  if (!parts.isJudged) return { ...shown, verdict: null, ...noteOf(parts.notes) };
  const margins = marginsOf(parts, isLog);
  const judgement = ratio ? judge(ratio, 1, margins) : judge(difference, 0, margins);
  const notes = [...parts.notes, ...judgementNotes(judgement)];
  if (judgement.verdict !== 'inconclusive') return { ...shown, verdict: judgement.verdict, ...noteOf(notes) };
  return {
    ...shown,
    verdict: 'inconclusive',
    blocksToSettle: settledAfter(parts, estimate, margins),
    ...noteOf(notes),
  };
}

function onBothScales(
  { metric, level, baselineMean }: FigureParts,
  estimate: BlockEstimate,
): { readonly ratio: Estimate | null; readonly difference: Estimate } {
  const onScale = estimateFields(estimate, level);
  if (metric.scale !== 'log') return { ratio: null, difference: onScale };
  const ratio = mapEstimate(onScale, factorOf);
  return { ratio, difference: mapEstimate(ratio, (factor) => baselineMean * (factor - 1)) };
}

function rawFields(parts: FigureParts): Pick<Effect, 'raw' | 'adjustment'> {
  const { adjusted } = parts;
  if (!adjusted) return {};
  const { from, ...adjustment } = adjusted;
  return { raw: onBothScales(parts, from), adjustment: { by: 'speed_probe', ...adjustment } };
}

function marginsOf({ smallestEffect, baselineMean }: FigureParts, isLog: boolean): Interval | null {
  if (smallestEffect === null) return null;
  return isLog ? ratioMargins(smallestEffect / baselineMean) : { low: -smallestEffect, high: smallestEffect };
}

function settledAfter(parts: FigureParts, estimate: BlockEstimate, margins: Interval | null): number | null {
  const toScale = parts.metric.scale === 'log' ? Math.log : (value: number): number => value;
  return blocksToSettle({
    estimate: estimate.estimate,
    sd: estimate.sd,
    blocks: parts.blocks,
    level: parts.level,
    leastHalfWidth: estimate.leastHalfWidth,
    margins: margins && { low: toScale(margins.low), high: toScale(margins.high) },
  });
}

function estimateFields(estimate: BlockEstimate, level: number): Estimate {
  return {
    estimate: estimate.estimate,
    ...estimate.intervalAt(level),
    level,
    interval95: estimate.intervalAt(ordinaryLevel),
    equivalence: { ...estimate.intervalAt(equivalenceLevel), level: equivalenceLevel },
  };
}

/** Beyond e^±500 a factor says nothing more, and JSON knows no infinity. */
function factorOf(logRatio: number): number {
  return Math.exp(Math.min(500, Math.max(-500, logRatio)));
}

/** Applies an increasing function to an estimate and every bound of it. */
function mapEstimate(estimate: Estimate, map: (value: number) => number): Estimate {
  const bounds = ({ low, high }: Interval): Interval => ({ low: map(low), high: map(high) });
  return {
    ...estimate,
    estimate: map(estimate.estimate),
    ...bounds(estimate),
    interval95: bounds(estimate.interval95),
    equivalence: { ...bounds(estimate.equivalence), level: estimate.equivalence.level },
  };
}

function judgementNotes({ isSmallerThanMatters }: Judgement): readonly string[] {
  return isSmallerThanMatters ? [smallerThanMatters] : [];
}

/** The note of an effect that is different from none and equivalent to none at once. */
export const smallerThanMatters = 'real but smaller than what matters';

function noteOf(notes: readonly string[]): { note?: string } {
  return notes.length > 0 ? { note: notes.join('; ') } : {};
}
