import { metricNamed } from '../metrics';
import {
  formatChange,
  formatChangeBound,
  formatDifference,
  formatDifferenceBound,
  formatPercent,
} from '../words/formatNumber';
import type { MetricChange } from './compareRecords';

const outcomeWords: Readonly<Record<MetricChange['outcome'], string>> = {
  changed: 'changed',
  alike: 'cannot be told apart',
  meaningless: 'means nothing, other things were measured',
};

/** `+3.4 % (95 % CI −1.0 to +7.9): cannot be told apart`. */
export function changeWords({ metric, change, outcome }: MetricChange): string {
  if (change === null) return 'none can be told: an interval is missing';
  const { unit } = metricNamed(metric);
  const { estimate, low, high, level } = change;
  const [size, bounds] =
    change.scale === 'ratio'
      ? [formatChange(estimate), [formatChangeBound(low), formatChangeBound(high)]]
      : [formatDifference(estimate, unit), [formatDifferenceBound(low, unit), formatDifferenceBound(high, unit)]];
  return `${size} (${formatPercent(level)} CI ${bounds.join(' to ')}): ${outcomeWords[outcome]}`;
}
