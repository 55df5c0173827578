import type { Effect } from '../record';
import { computeEffects, type EffectsInput } from './computeEffects';

/** Beside the headline metrics: what a step adds in memory, events and errors. */
const otherMetrics = ['rss_mean_mb', 'events_per_request', 'error_rate'];

/**
 * The steps between neighbours: each variant against the one named before it, from the third on (the second one's step is its
 * effect against the baseline). They tell what a ladder of variants costs rung by rung: errors only, collecting, sending.
 *
 * Exploratory, each at 95 %: they are further looks at the same trials, so they take nothing from the 5 % that the headline family
 * shares, and no verdict of the comparison rests on them. Of the whole target and few metrics. Fewer than three variants: none.
 */
export function computeSteps(input: EffectsInput): Effect[] {
  const only = new Set([...input.headline, ...otherMetrics]);
  return neighbours(input.variants).flatMap((variants) =>
    computeEffects({ ...input, variants, headline: [], only }).map((effect) => ({ ...effect, family: 'exploratory' })),
  );
}

/** `[a, b, c, d]`: `[b, c]` and `[c, d]`. */
function neighbours(variants: readonly string[]): readonly (readonly [string, string])[] {
  return variants.slice(2).map((candidate, index) => [variants[index + 1] ?? '', candidate]);
}
