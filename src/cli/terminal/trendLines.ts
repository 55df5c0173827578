import { metricNamed } from '../../shared/metrics';
import type { ChangeScale } from '../../shared/relativeChange';
import type { Trend, TrendPoint } from '../../shared/trend';
import { utcMinute } from '../../shared/utcMinute';
import { formatChange, formatChangeBound } from '../../shared/words/formatNumber';
import type { Colours } from './colours';
import { withoutControls } from './displayWidth';
import { textBar } from './textBar';

export interface TrendOptions {
  readonly colours: Colours;
  readonly hasUnicode: boolean;
}

const barWidth = 17;

/** One metric over the runs, the oldest first: when, which commit, the interval as a bar on one axis, and in print. Fits 80 columns. */
export function trendLines(
  { metric, candidate, points }: Trend,
  { colours, hasUnicode }: TrendOptions,
): readonly string[] {
  const scale = scaleOf(points);
  return [
    colours.bold(withoutControls(`${metricNamed(metric).label}, ${candidate}`)),
    ...points.map(({ run, effect: { change } }) => {
      const at = utcMinute(run.createdAt);
      const commit = (run.commit ?? '').slice(0, 7).padEnd(7);
      if (change === null) return `  ${at}  ${commit}  no interval`;
      const bar = textBar({ ...change, zone: null }, scale, { width: barWidth, hasUnicode });
      const bounds = `${formatChangeBound(1 + change.low / 100)} to ${formatChangeBound(1 + change.high / 100)}`;
      const line = `  ${at}  ${commit}  ${bar}  ${formatChange(1 + change.estimate / 100)} (${bounds})`;
      return run.isPinned ? `${line} ${colours.yellow('pinned')}` : line;
    }),
  ];
}

/** From the lowest to the highest bound, zero among them. */
function scaleOf(points: readonly TrendPoint[]): ChangeScale {
  const bounds = points.flatMap(({ effect: { change } }) => (change === null ? [] : [change.low, change.high]));
  return { low: Math.min(-1, ...bounds), high: Math.max(1, ...bounds) };
}
