import { blockValues } from '../../../shared/charts/blockValues';
import { ecdf, pooledLatency } from '../../../shared/charts/distribution';
import {
  timeMeasures,
  variantTimeline,
  windowStartSeconds,
  type Point,
  type TimeMeasure,
} from '../../../shared/charts/timeSeries';
import { variantDashes } from '../../../shared/charts/variantDashes';
import { withWordInterval } from '../../../shared/effects/frontInterval';
import { createLatencyReader } from '../../../shared/effects/latencyReader';
import { isMetricName, metricNamed, type Metric } from '../../../shared/metrics';
import type { ComparisonRecord, Effect } from '../../../shared/record';
import { relativeChange, type RelativeChange } from '../../../shared/relativeChange';
import type { TrialSeries } from '../../../shared/series';
import { effectSize, verdictTone, verdictWord } from '../../../shared/words/effectWords';
import { formatNumber } from '../../../shared/words/formatNumber';
import { candidatesOf, headlineEffects } from '../../../shared/words/leadEffects';
import { drawHeights, drawWidths, linearAxis, logAxis } from './axes';
import type { Drawing } from './drawing';
import { drawDot, openFrame } from './frame';
import { faint, look, variantColour } from './look';
import type { Corner } from './raster';

/** A chart as a file. */
export interface Picture {
  /** `chart-effects.png`. */
  readonly name: string;
  readonly png: Buffer;
}

/**
 * Every chart of a record as a PNG of 1,600 pixels, titled, light: the headline effects with their intervals, the blocks of each headline metric,
 * latencies as ECDF, and the seconds of the scenario trials where their files are there. Charts without anything to show are left out. Each is drawn
 * when it is asked for, which takes about a tenth of a second.
 */
export function* picturesOf(record: ComparisonRecord, series: readonly TrialSeries[]): Generator<Picture, void> {
  const metrics = record.headline.filter(isMetricName).map((name) => metricNamed(name));
  const charts: readonly (readonly [string, () => Drawing | null])[] = [
    ['effects', () => drawEffects(record)],
    ...metrics.map((metric) => [`blocks-${metric.name}`, () => drawBlocks(record, metric)] as const),
    ['latency', () => drawDistribution(record)],
    ...timeMeasures.map(
      (measure) => [`time-${fileWord(measure.label)}`, () => drawTime(record, series, measure)] as const,
    ),
  ];
  for (const [name, draw] of charts) {
    const drawing = draw();
    if (drawing !== null) yield { name: `chart-${name}.png`, png: drawing.png() };
  }
}

function fileWord(label: string): string {
  return label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

interface EffectRow {
  readonly effect: Effect;
  readonly change: RelativeChange;
}

function drawEffects(record: ComparisonRecord): Drawing | null {
  const rows = candidatesOf(record).flatMap((candidate) =>
    headlineEffects(record, candidate).flatMap((effect): EffectRow[] => {
      const change = relativeChange(withWordInterval(effect));
      return change === null ? [] : [{ effect, change }];
    }),
  );
  if (rows.length === 0) return null;
  const rowHeight = 46;
  const { drawing, plot } = openFrame(record, {
    title: 'What it costs',
    subtitle: `Change in percent of ${record.variants[0]?.name ?? 'the baseline'}; the bar is the interval that the word comes from, grey is too small to matter`,
    plotHeight: rows.length * rowHeight,
    left: 210,
    hasLegend: false,
  });
  const bounds = rows.flatMap(({ change: { low, high, zone } }) => [low, high, -(zone ?? 0), zone ?? 0]);
  const axis = linearAxis([0, ...bounds], [plot.left, plot.right]);
  const zeroX = axis.at(0);
  for (const [index, { effect, change }] of rows.entries()) {
    const middle = plot.top + index * rowHeight + 15;
    const colour = look.tones[verdictTone(effect)];
    const { label } = metricNamed(effect.metric);
    if (change.zone !== null) {
      drawing.rectangle(
        { left: axis.at(-change.zone), right: axis.at(change.zone), top: middle - 12, bottom: middle + 12 },
        look.zone,
      );
    }
    drawing.line(
      [
        [plot.left, middle],
        [plot.right, middle],
      ],
      look.line,
      { width: 1 },
    );
    drawing.rectangle(
      {
        left: axis.at(change.low),
        right: Math.max(axis.at(change.high), axis.at(change.low) + 1),
        top: middle - 5,
        bottom: middle + 5,
      },
      faint(colour, 0.45),
    );
    // Not through the words below it.
    drawing.line(
      [
        [zeroX, middle - 14],
        [zeroX, middle + 14],
      ],
      look.muted,
      { width: 1.25 },
    );
    const at = axis.at(change.estimate);
    drawing.rectangle({ left: at - 2, right: at + 2, top: middle - 9, bottom: middle + 9 }, colour);
    drawing.text(label, [24, middle - 5], { size: 12, colour: look.text, isBold: true });
    drawing.text(effect.candidate, [24, middle + 11], { size: 11, colour: look.muted });
    drawing.text(`${verdictWord(effect)}: ${effectSize(effect)}`, [plot.left, middle + 22], { size: 11, colour });
  }
  drawWidths(drawing, plot, axis, 'change, percent', (percent) => (percent > 0 ? '+' : '') + formatNumber(percent));
  return drawing;
}

function drawBlocks(record: ComparisonRecord, metric: Metric): Drawing | null {
  const blocks = blockValues(record, record.variants, metric, createLatencyReader());
  const values = blocks.flatMap((block) => block.values).filter((value) => value !== null);
  if (values.length === 0) return null;
  const { drawing, plot } = openFrame(record, {
    title: `${metric.label} in each block`,
    subtitle: `${unitText(metric.unit)}; the line between the dots of a block is one observation of the effect; the axis does not start at 0`,
    plotHeight: 260,
  });
  const heights = linearAxis(values, [plot.bottom - 6, plot.top + 6]);
  drawHeights(drawing, plot, heights);
  const place = (plot.right - plot.left) / blocks.length;
  const spread = Math.min(26, (place * 0.5) / Math.max(1, record.variants.length));
  const every = Math.ceil(blocks.length / 20);
  for (const [index, block] of blocks.entries()) {
    const center = plot.left + (index + 0.5) * place;
    const corners = block.values.map((value, variant): Corner | null =>
      value === null ? null : [center + (variant - (block.values.length - 1) / 2) * spread, heights.at(value)],
    );
    const [baseline] = corners;
    for (const corner of corners.slice(1))
      if (baseline && corner) drawing.line([baseline, corner], look.strongLine, { width: 1.5 });
    for (const [variant, corner] of corners.entries()) if (corner) drawDot(drawing, corner, variant);
    if (index % every === 0)
      drawing.text(String(block.block + 1), [center, plot.bottom + 14], {
        size: 11,
        colour: look.muted,
        align: 'middle',
      });
  }
  drawing.text('block', [(plot.left + plot.right) / 2, plot.bottom + 32], {
    size: 11,
    colour: look.muted,
    align: 'middle',
  });
  return drawing;
}

function drawDistribution(record: ComparisonRecord): Drawing | null {
  const curves = record.variants.map(({ name }) => ecdf(pooledLatency(record, name, null)));
  const milliseconds = curves.flat().map(({ x }) => x);
  if (milliseconds.length === 0) return null;
  const { drawing, plot } = openFrame(record, {
    title: 'Latency',
    subtitle: 'Percent of the successful requests answered within a time, all blocks pooled; further right is slower',
    plotHeight: 320,
  });
  const heights = linearAxis([0, 100], [plot.bottom, plot.top]);
  const widths = logAxis(milliseconds, [plot.left, plot.right]);
  drawHeights(drawing, plot, heights, (percent) => `${percent} %`);
  drawWidths(drawing, plot, widths, 'latency, ms (log scale)');
  for (const [index, points] of curves.entries())
    drawing.line(toCorners(points, widths, heights), variantColour(index), {
      width: 2,
      dash: variantDashes[index] ?? [],
    });
  return drawing;
}

function drawTime(record: ComparisonRecord, series: readonly TrialSeries[], measure: TimeMeasure): Drawing | null {
  const timelines = record.variants.map(({ name }) => variantTimeline(series, name, measure));
  const points = timelines.flatMap(({ blocks }) => blocks.flat());
  if (points.length === 0) return null;
  const { drawing, plot } = openFrame(record, {
    title: `${measure.label} over a trial`,
    subtitle: `${unitText(measure.unit)}; bold: the median over the blocks, faint: each block, shaded: warm-up, not measured`,
    plotHeight: 260,
  });
  const heights = linearAxis([0, ...points.map(({ y }) => y)], [plot.bottom, plot.top]);
  const lastSecond = Math.max(1, ...points.map(({ x }) => x));
  const widths = {
    ...linearAxis([0, lastSecond], [plot.left, plot.right]),
    at: (x: number) => plot.left + (x / lastSecond) * (plot.right - plot.left),
  };
  const start = windowStartSeconds(series);
  if (start !== null) drawing.rectangle({ ...plot, right: Math.min(plot.right, widths.at(start)) }, look.warmup);
  drawHeights(drawing, plot, heights);
  drawWidths(
    drawing,
    plot,
    { ...widths, ticks: widths.ticks.filter((tick) => tick <= lastSecond) },
    'seconds since the load began',
  );
  drawing.inside(plot, () => {
    for (const [index, { blocks }] of timelines.entries())
      for (const block of blocks)
        drawing.line(toCorners(block, widths, heights), faint(variantColour(index), 0.28), { width: 1 });
    for (const [index, { median }] of timelines.entries())
      drawing.line(toCorners(median, widths, heights), variantColour(index), {
        width: 2,
        dash: variantDashes[index] ?? [],
      });
  });
  return drawing;
}

function toCorners(
  points: readonly Point[],
  widths: { at(value: number): number },
  heights: { at(value: number): number },
): readonly Corner[] {
  return points.map(({ x, y }): Corner => [widths.at(x), heights.at(y)]);
}

/** The unit as a subtitle begins with it. */
function unitText(unit: Metric['unit']): string {
  const words: Partial<Record<Metric['unit'], string>> = {
    count: 'Count',
    '1/s': 'Requests per second',
    share: 'Share',
  };
  return words[unit] ?? unit;
}
