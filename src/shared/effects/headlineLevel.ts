import { metricNamed } from '../metrics';

/** What secondary and exploratory metrics, budgets and precision goals are read at. */
export const ordinaryLevel = 0.95;

export interface HeadlineFamily {
  /** Metrics that are judged as headline: those asked for that can be judged with the trials there are. */
  readonly metrics: ReadonlySet<string>;
  readonly level: number;
}

/**
 * The headline family and the level of its intervals: 1 − 0.05 / (metrics × candidates), after Bonferroni (Dunn 1961).
 *
 * An identical pair must be called different in at most 5 % of comparisons. A comparison is all that one plan measures, so its
 * candidates share the 5 % too: three variants that do the same do not get two chances to be called different. With
 * one candidate and the four default metrics that is 98.75 %. Capacity metrics count only where capacity is measured.
 */
export function headlineFamily(options: {
  readonly headline: readonly string[];
  readonly candidates: number;
  readonly hasCapacity: boolean;
}): HeadlineFamily {
  const judged = options.headline.filter((name) => {
    const { scale, source } = metricNamed(name);
    return scale !== 'value' && (source === 'scenario' || options.hasCapacity);
  });
  const metrics = new Set(judged);
  const claims = Math.max(1, metrics.size) * Math.max(1, options.candidates);
  return { metrics, level: 1 - (1 - ordinaryLevel) / claims };
}
