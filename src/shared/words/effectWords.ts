import { assertNever } from '../assertNever';
import { smallerThanMatters } from '../effects/effectFigures';
import { withWordInterval } from '../effects/frontInterval';
import { metricNamed, type Metric } from '../metrics';
import type { Effect } from '../record';
import {
  formatChange,
  formatChangeBound,
  formatDifference,
  formatDifferenceBound,
  formatPercent,
  formatSize,
  formatSpan,
} from './formatNumber';

export interface EffectWordOptions {
  /** How long one more block takes: then the advice names a time as well. */
  readonly secondsPerBlock?: number | undefined;
}

/** The verdict in a word or three, in the metric's own direction: `costlier`, `within ±2 %`, `inconclusive`, `not judged`. */
export function verdictWord(effect: Effect): string {
  const { words } = metricNamed(effect.metric);
  switch (effect.verdict) {
    case 'increase':
      return words.up;
    case 'decrease':
      return words.down;
    case 'equivalent':
      return equivalentWord(effect);
    case 'inconclusive':
      return isSameInEveryBlock(effect) ? 'no difference seen' : 'inconclusive';
    case null:
      return 'not judged';
    default:
      return assertNever(effect.verdict);
  }
}

/** Whether the verdict is good or bad news for the user; `neutral` where neither, or where nothing is claimed. */
export function verdictTone(effect: Effect): 'worse' | 'better' | 'neutral' {
  const { worse } = metricNamed(effect.metric);
  if (worse === null || (effect.verdict !== 'increase' && effect.verdict !== 'decrease')) return 'neutral';
  return (effect.verdict === 'increase') === (worse === 'up') ? 'worse' : 'better';
}

/**
 * What an effect says, uncertainty always: `costlier: +0.31 ms (+6.2 %; 98.75 % CI +4.9 to +7.5)`,
 * `no difference larger than 5 % (90 % CI −2.1 to +3.0)`,
 * `inconclusive: +0.04 ms (+1.2 %; 95 % CI −3.0 to +6.1); about 6 more blocks (10 min) would settle it`.
 * The interval printed is the one that the word comes from.
 */
export function effectWords(effect: Effect, options: EffectWordOptions = {}): string {
  switch (effect.verdict) {
    case 'increase':
    case 'decrease':
      return `${verdictWord(effect)}: ${effectSize(effect)}${isSmallerThanMatters(effect) ? `, ${smallerThanMatters}` : ''}`;
    case 'equivalent':
      return noDifferenceWords(effect);
    case 'inconclusive':
      return isSameInEveryBlock(effect)
        ? `the same in every block: ${effectSize(effect)}`
        : [`inconclusive: ${effectSize(effect)}`, settleWords(effect, options)]
            .filter((text) => text !== null)
            .join('; ');
    case null:
      return notJudgedWords(effect);
    default:
      return assertNever(effect.verdict);
  }
}

/** Absolute before relative, with the interval that the word comes from: `+0.31 ms (+6.2 %; 98.75 % CI +4.9 to +7.5)`. */
export function effectSize(effect: Effect): string {
  return sizeText(effect, (value, unit) => formatDifference(value, unit));
}

/** The same without the first sign, for sentences whose verb gives the direction: `0.31 ms (+6.2 %; …)`. */
export function unsignedEffectSize(effect: Effect): string {
  return sizeText(effect, (value, unit) => formatSize(value, unit));
}

/**
 * `98.75 % CI +4.9 to +7.5`, the interval that the word comes from: in percent where the effect is a ratio, else in the metric's unit.
 * Empty without one.
 */
export function intervalText(effect: Effect): string {
  return frontIntervalText(withWordInterval(effect));
}

/** The same of the interval that stands in front, whatever the word. */
export function frontIntervalText(effect: Effect): string {
  const estimate = effect.ratio ?? effect.difference;
  return estimate ? `${formatPercent(estimate.level)} CI ${boundsText(effect, estimate)}` : '';
}

/** Whether the effect is real and yet too small to matter. */
export function isSmallerThanMatters(effect: Effect): boolean {
  return effect.note?.includes(smallerThanMatters) ?? false;
}

function sizeText(effect: Effect, format: (value: number, unit: Metric['unit']) => string): string {
  const { unit } = metricNamed(effect.metric);
  if (!effect.difference) return 'no estimate';
  const change = effect.ratio ? `${formatChange(effect.ratio.estimate)}; ` : '';
  return `${format(effect.difference.estimate, unit)} (${change}${intervalText(effect)})`;
}

function boundsText(effect: Effect, { low, high }: { readonly low: number; readonly high: number }): string {
  const { unit } = metricNamed(effect.metric);
  const bound = effect.ratio ? formatChangeBound : (value: number): string => formatDifferenceBound(value, unit);
  return `${bound(low)} to ${bound(high)}`;
}

/** What was shown, and not that there is none: a small difference can be sure and yet within what does not matter. */
function equivalentWord(effect: Effect): string {
  const largest = largestText(effect);
  return largest === null ? 'no difference' : `within ±${largest}`;
}

function noDifferenceWords(effect: Effect): string {
  const estimate = equivalenceEstimate(effect);
  const largest = largestText(effect);
  if (!estimate || largest === null) return 'no difference';
  const { unit } = metricNamed(effect.metric);
  const { low, high, level } = estimate.equivalence;
  const bound =
    estimate === effect.ratio ? formatChangeBound : (value: number): string => formatDifferenceBound(value, unit);
  return `no difference larger than ${largest} (${formatPercent(level)} CI ${bound(low)} to ${bound(high)})`;
}

/** The smallest effect that matters, on the scale that it comes from: `2 %`, `0.3 ms`. */
function largestText(effect: Effect): string | null {
  const estimate = equivalenceEstimate(effect);
  if (!estimate || effect.smallestEffect === null) return null;
  return estimate === effect.ratio
    ? formatPercent(effect.smallestEffect / effect.baselineMean)
    : formatSize(effect.smallestEffect, metricNamed(effect.metric).unit);
}

function equivalenceEstimate(effect: Effect): Effect['difference'] {
  return isMeasuredInUnit(effect) ? effect.difference : (effect.ratio ?? effect.difference);
}

/** Whether the smallest effect that matters is the registry's absolute one, so that percent would hide where it comes from. */
function isMeasuredInUnit(effect: Effect): boolean {
  const absolute = metricNamed(effect.metric).smallestEffect?.absolute;
  return absolute !== undefined && effect.smallestEffect === absolute;
}

/** `about 6 more blocks (10 min) would settle it`; null for an effect that is not inconclusive, or that no advice helps. */
export function settleWords(effect: Effect, { secondsPerBlock }: EffectWordOptions = {}): string | null {
  const total = effect.blocksToSettle;
  if (effect.verdict !== 'inconclusive' || total === null || total === undefined) return null;
  const more = total - effect.blocks;
  const time = secondsPerBlock === undefined ? '' : ` (${formatSpan(more * secondsPerBlock)})`;
  return `about ${more} more ${more === 1 ? 'block' : 'blocks'}${time} would settle it`;
}

function notJudgedWords(effect: Effect): string {
  const reason = effect.note ?? 'nothing may be said';
  return effect.difference ? `not judged: ${effectSize(effect)}; ${reason}` : `not judged: ${reason}`;
}

function isSameInEveryBlock({ difference }: Effect): boolean {
  return difference !== null && difference.low === 0 && difference.high === 0;
}
