import { isMetricName, metricNamed } from '../metrics';
import type { Effect } from '../record';
import {
  formatChange,
  formatChangeBound,
  formatDifference,
  formatDifferenceBound,
  formatPercent,
} from './formatNumber';
import { candidatesOf, totalEffect } from './leadEffects';
import { metricPhrase } from './metricPhrase';

/** What the words of steps need of a record. */
export interface StepsInput {
  readonly effects: readonly Effect[];
  readonly steps?: readonly Effect[] | undefined;
  readonly headline: readonly string[];
  readonly variants: readonly { readonly name: string }[];
}

/** The level at which every step is shown, the first one too. */
export const stepLevel = 0.95;

/**
 * One metric step by step, in the order of the variants: the second variant against the baseline, then each against the one named
 * before it. Empty without steps (fewer than three variants, or a record of an earlier version).
 */
export function stepsOf(record: StepsInput, metric: string): readonly Effect[] {
  const { steps = [] } = record;
  if (steps.length === 0 || !isMetricName(metric)) return [];
  const [first, ...others] = candidatesOf(record);
  const start = first === undefined ? undefined : totalEffect(record.effects, first, metric);
  return [...(start ? [start] : []), ...others.flatMap((name) => totalEffect(steps, name, metric) ?? [])];
}

/** The size of a step with its 95 % interval: `+6.0 % (+4.1 to +7.9)`, in the metric's unit where there is no ratio; null without one. */
export function stepSize({ metric, ratio, difference }: Effect): string | null {
  if (ratio) {
    const { low, high } = ratio.interval95;
    return `${formatChange(ratio.estimate)} (${formatChangeBound(low)} to ${formatChangeBound(high)})`;
  }
  if (!difference) return null;
  const { unit } = metricNamed(metric);
  const { low, high } = difference.interval95;
  const bound = (value: number): string => formatDifferenceBound(value, unit);
  return `${formatDifference(difference.estimate, unit)} (${bound(low)} to ${bound(high)})`;
}

/**
 * `Step by step (exploratory, 95 % CI): without_insights +5.1 % (+3.9 to +6.2), collect_only +6.0 % (+4.1 to +7.9) CPU per request`: of
 * the first headline metric; empty when nothing of it was estimated.
 */
export function stepsSentence(record: StepsInput): string {
  const [metric] = record.headline;
  if (metric === undefined) return '';
  const sizes = stepsOf(record, metric).flatMap((step) => {
    const size = stepSize(step);
    return size === null ? [] : [`${step.candidate} ${size}`];
  });
  if (sizes.length === 0) return '';
  return `Step by step (exploratory, ${formatPercent(stepLevel)} CI): ${sizes.join(', ')} ${metricPhrase(metric)}`;
}
