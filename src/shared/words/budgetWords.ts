import { unsettledBudget } from '../effects/judgeBudgets';
import { parseBudget } from '../effects/parseBudget';
import { isMetricName, metricNamed } from '../metrics';
import type { BudgetResult, ComparisonRecord } from '../record';
import { formatPercent, formatSize, formatSpan } from './formatNumber';
import { secondsPerBlock } from './secondsPerBlock';

/**
 * What became of a budget: `within`, `exceeded`, or why that cannot be said and what it would take:
 * `inconclusive: known to ±8.2 % after 6 blocks; about 20 more blocks (15 min) would settle it`.
 */
export function budgetWords(record: ComparisonRecord, { metric, limit, result }: BudgetResult): string {
  if (result !== 'inconclusive') return { pass: 'within', fail: 'exceeded' }[result];
  if (!isMetricName(metric)) return 'inconclusive';
  const text = `${metric} ${limit}`;
  const unsettled = unsettledBudget(text, record.effects);
  if (unsettled === null) return 'inconclusive';
  const { moreBlocks } = unsettled;
  const halfWidth = Number(unsettled.halfWidth.toPrecision(2));
  const size = parseBudget(text).isRelative
    ? formatPercent(halfWidth)
    : formatSize(halfWidth, metricNamed(metric).unit);
  const known = `inconclusive: known to ±${size}`;
  if (moreBlocks === null) return `${known}, and so close to the limit that more blocks would hardly settle it`;
  const blocks = moreBlocks === 1 ? '1 more block' : `${moreBlocks} more blocks`;
  return `${known}; about ${blocks} (${formatSpan(moreBlocks * secondsPerBlock(record.plan))}) would settle it`;
}
