import type { OutageMode } from '../outage';
import type { ComparisonRecord, Effect } from '../record';

/** The headline effects of one candidate on the whole target, in the order in which the record names them. */
export function headlineEffects(
  record: { readonly effects: readonly Effect[]; readonly headline: readonly string[] },
  candidate: string,
): readonly Effect[] {
  return record.headline.flatMap((metric) => totalEffect(record.effects, candidate, metric) ?? []);
}

/** The effect on one metric of the whole target; undefined when the record has none. */
export function totalEffect(effects: readonly Effect[], candidate: string, metric: string): Effect | undefined {
  return effects.find(
    (effect) => effect.scope.kind === 'total' && effect.metric === metric && effect.candidate === candidate,
  );
}

/** Every variant but the first, which is the baseline. */
export function candidatesOf(record: { readonly variants: readonly { readonly name: string }[] }): readonly string[] {
  return record.variants.slice(1).map(({ name }) => name);
}

/** The outage that a variant met; undefined for a healthy one. */
export function outageOf({ variants }: Pick<WordsInput, 'variants'>, name: string): OutageMode | undefined {
  return variants.find((variant) => variant.name === name)?.outage;
}

/** What the words need of a record: it may be one that is still being put together. */
export type WordsInput = Pick<ComparisonRecord, 'status' | 'plan'> & {
  readonly outcomeReason?: string | undefined;
  readonly effects: readonly Effect[];
  readonly steps?: readonly Effect[] | undefined;
  readonly headline: readonly string[];
  readonly variants: readonly { readonly name: string; readonly outage?: OutageMode | undefined }[];
};
