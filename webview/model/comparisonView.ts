import { isMetricName } from '../../src/shared/metrics';
import type { ComparisonRecord, Effect } from '../../src/shared/record';
import type { TrialSeries } from '../../src/shared/series';
import { variantStyles } from '../theme';

/** A variant as the page draws it: `index` chooses colour, dash and shape; 0 is the baseline. */
export interface VariantView {
  readonly name: string;
  readonly index: number;
}

/** What every component of the page is a function of. */
export interface ComparisonView {
  readonly record: ComparisonRecord;
  readonly series: readonly TrialSeries[];
  readonly variants: readonly VariantView[];
  readonly baseline: VariantView;
  readonly candidates: readonly VariantView[];
}

/**
 * The view of one record. A record without a variant gets a nameless baseline, so that the page still opens;
 * an effect on a metric that this version does not know is left out.
 */
export function comparisonView(record: ComparisonRecord, series: readonly TrialSeries[]): ComparisonView {
  const isKnown = ({ metric }: Effect): boolean => isMetricName(metric);
  const known = {
    ...record,
    effects: record.effects.filter(isKnown),
    ...(record.steps === undefined ? {} : { steps: record.steps.filter(isKnown) }),
  };
  const variants = record.variants.map((variant, index) => ({ name: variant.name, index: index % variantStyles }));
  const [baseline = { name: '', index: 0 }, ...candidates] = variants;
  return { record: known, series, variants, baseline, candidates };
}
