import type { ChosenVariant } from './chosenVariants';
import { differingNames, environmentLabel, environmentWords } from './environmentWords';
import type { RunnableApp } from './findApps';
import type { PickManyQuestion, PickRow } from './pick';
import { variantCandidates, variantKey, type VariantCandidate } from './variantCandidates';

/** Which environments are compared: all that there are, those of the run that is being planned checked and on top. */
export function variantsQuestion(
  app: RunnableApp,
  current: readonly ChosenVariant[],
  purpose: 'comparison' | 'aa',
): PickManyQuestion<ChosenVariant> {
  const minimum = purpose === 'aa' ? 1 : 2;
  return {
    title: `${app.name}: environments to compare`,
    hasBack: true,
    minimum,
    moveUp: 'Move to the top: the first one that is checked is the baseline',
    describe: (chosen) => describeChosen(chosen, purpose),
    load: async () => {
      const candidates = await variantCandidates(app, current);
      return { rows: candidateRows(candidates), checked: current.map(variantKey) };
    },
  };
}

function candidateRows(candidates: readonly VariantCandidate[]): PickRow<ChosenVariant>[] {
  const environments = candidates.flatMap(({ shown }) => (typeof shown === 'string' ? [] : [shown.values]));
  const names = differingNames(environments);
  return candidates.map(({ variant, shown }) => ({
    type: 'row',
    key: variantKey(variant),
    value: variant,
    label: typeof shown === 'string' ? variant.name : environmentLabel(shown),
    description: typeof shown === 'string' ? shown : environmentWords(shown, names),
  }));
}

function describeChosen(chosen: readonly ChosenVariant[], purpose: 'comparison' | 'aa'): string {
  const [baseline, ...candidates] = chosen.map(({ name }) => name);
  if (baseline === undefined) return 'Check the environments; the first one is the baseline';
  if (purpose === 'aa') return `${baseline} is compared with itself`;
  if (candidates.length === 0) return `Baseline: ${baseline}. Check one more at least`;
  return `Baseline: ${baseline}, compared with ${candidates.join(' and ')}`;
}
