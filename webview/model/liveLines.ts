import type { Sample, TrialKind } from '../../src/shared/events';
import type { LiveRun } from '../../src/shared/liveRun';
import type { Line } from '../components/line';
import type { VariantView } from './comparisonView';
import { isUnderLoad, type LiveCurve, type LiveMeasure, trialsOf } from './liveMeasures';
import type { Point } from '../../src/shared/charts/timeSeries';

/**
 * Makes the lines of one measure from a run: of each variant the newest trial of `kind` in full, its earlier ones faint.
 * A second keeps its point from one call to the next, by which a chart knows a line that has only grown.
 */
export function createLiveLines(
  measure: LiveMeasure,
): (run: LiveRun, variants: readonly VariantView[], kind: TrialKind) => readonly Line[] {
  const readers = measure.curves.map((curve) => ({ curve, read: pointReader(curve) }));
  return (run, variants, kind) =>
    variants.flatMap((variant): Line[] => {
      const trials = trialsOf(run, variant.name, kind);
      return readers.flatMap(({ curve, read }) =>
        trials.flatMap(({ seconds }, index): Line[] => {
          const isNewest = index === trials.length - 1;
          if (!isNewest && !curve.isMain) return [];
          const look = { width: curve.width, ...(curve.name === '' ? {} : { endLabel: curve.name }) };
          return [
            {
              name: [variant.name, curve.name].join(' ').trim(),
              variantIndex: variant.index,
              points: read(seconds),
              ...(isNewest ? look : { isFaint: true }),
            },
          ];
        }),
      );
    });
}

function pointReader({ value }: LiveCurve): (seconds: readonly Sample[]) => Point[] {
  const known = new WeakMap<Sample, Point>();
  return (seconds) =>
    seconds.filter(isUnderLoad).flatMap((second) => {
      const y = value(second);
      if (y === null) return [];
      const point = known.get(second) ?? { x: second.atSeconds, y };
      known.set(second, point);
      return [point];
    });
}
