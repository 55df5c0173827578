import { isMetricName, metricNamed } from '../../shared/metrics';
import type { ComparisonRecord } from '../../shared/record';
import { formatPercent } from '../../shared/words/formatNumber';
import { candidatesOf } from '../../shared/words/leadEffects';
import { stepLevel, stepSize, stepsOf } from '../../shared/words/stepWords';
import { displayWidth, padToWidth, truncateToWidth, withoutControls } from './displayWidth';
import type { TableLayout } from './tableLayout';

/** Below the tables of three variants or more: what each adds to the one named before it, metric by metric. */
export function stepLines(record: ComparisonRecord, { width, colours }: TableLayout): string[] {
  const metrics = record.headline.filter((metric) => isMetricName(metric) && stepsOf(record, metric).length > 0);
  if (metrics.length === 0) return [];
  const title = `Step by step, each against the one before it (exploratory, ${formatPercent(stepLevel)} CI)`;
  const names = candidatesOf(record).map(withoutControls);
  const nameWidth = Math.min(Math.max(...names.map(displayWidth)), Math.floor(width / 2) - 4);
  return [
    '',
    colours.dim(truncateToWidth(title, width)),
    ...metrics.flatMap((metric) => [
      truncateToWidth(metricNamed(metric).label, width),
      ...stepsOf(record, metric).map((step) => {
        const name = padToWidth(truncateToWidth(withoutControls(step.candidate), nameWidth), nameWidth);
        return truncateToWidth(`  ${name}  ${stepSize(step) ?? step.note ?? 'no estimate'}`, width);
      }),
    ]),
  ];
}
