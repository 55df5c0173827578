import type { ComparisonRecord } from '../../shared/record';
import { formatSpan } from '../../shared/words/formatNumber';
import { shortMetricName } from '../../shared/words/metricPhrase';
import {
  falseClaimsText,
  resolutionAssumption,
  resolutionMetrics,
  resolutionRows,
  runsText,
} from '../../shared/words/noiseWords';
import { displayWidth, padToWidth, truncateToWidth, withoutControls, wrapToWidth } from './displayWidth';
import type { TableLayout } from './tableLayout';

const widestName = 20;
const timeWidth = 6;

/** At the end of `aa`: what this machine can resolve in the time of each scenario, and what that assumes. Empty for other records. */
export function resolutionLines(record: ComparisonRecord, { width, colours }: TableLayout): string[] {
  const { noise, plan } = record;
  if (!noise || plan.purpose !== 'aa') return [];
  const metrics = resolutionMetrics(record);
  const rows = resolutionRows(record);
  const longest = Math.max(...rows.map(({ scenario }) => displayWidth(scenario)));
  const nameWidth = Math.min(longest, width < 70 ? 11 : widestName);
  const cellWidth = Math.floor((width - nameWidth - timeWidth - 1) / Math.max(1, metrics.length)) - 1;
  const line = (name: string, time: string, cells: readonly string[]): string =>
    [
      padToWidth(truncateToWidth(withoutControls(name), nameWidth), nameWidth),
      padToWidth(time, timeWidth, 'end'),
      ...cells.map((cell) => padToWidth(truncateToWidth(cell, cellWidth), cellWidth, 'end')),
    ].join(' ');
  const notes = [resolutionAssumption(noise), `From ${runsText(noise)}; false claims: ${falseClaimsText(noise)}`];
  return [
    '',
    ...wrapToWidth('What this machine can resolve in the time of each scenario', width),
    colours.dim(line('', 'time', metrics.map(shortMetricName))),
    ...rows.map(({ scenario, seconds, cells }) => line(scenario, formatSpan(seconds), cells)),
    ...notes.flatMap((note) => wrapToWidth(`${note}.`, width).map((part) => colours.dim(part))),
  ];
}
