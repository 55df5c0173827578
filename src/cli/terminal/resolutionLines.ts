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
import { padToWidth, truncateToWidth, withoutControls, wrapToWidth } from './displayWidth';
import type { TableLayout } from './tableLayout';

const nameWidth = 14;
const timeWidth = 7;

/** At the end of `aa`: what this machine can resolve in the time of each scenario, and what that assumes. Empty for other records. */
export function resolutionLines(record: ComparisonRecord, { width, colours }: TableLayout): string[] {
  const { noise, plan } = record;
  if (!noise || plan.purpose !== 'aa') return [];
  const metrics = resolutionMetrics(record);
  const cellWidth = Math.floor((width - nameWidth - timeWidth - 2) / Math.max(1, metrics.length)) - 1;
  const line = (name: string, time: string, cells: readonly string[]): string =>
    [
      padToWidth(truncateToWidth(withoutControls(name), nameWidth), nameWidth),
      padToWidth(time, timeWidth, 'end'),
      ...cells.map((cell) => padToWidth(truncateToWidth(cell, cellWidth), cellWidth, 'end')),
    ].join(' ');
  const notes = [resolutionAssumption(noise), `From ${runsText(noise)}; false claims: ${falseClaimsText(noise)}`];
  return [
    '',
    truncateToWidth('What this machine can resolve in the time of each scenario', width),
    colours.dim(line('', 'time', metrics.map(shortMetricName))),
    ...resolutionRows(record).map(({ scenario, seconds, cells }) => line(scenario, formatSpan(seconds), cells)),
    ...notes.flatMap((note) => wrapToWidth(`${note}.`, width).map((part) => colours.dim(part))),
  ];
}
