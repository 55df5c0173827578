import { effectText, headlineEffects, isClaim } from './effects.mjs';
import { comparisonMinutes } from './part.mjs';

const allRuns = 40;
const mostWithClaims = 4;
const plan = { blocks: 3, trialSeconds: 5, capacitySeconds: 5 };

/**
 * A share of the forty short comparisons of a baseline against itself, of the seeds `first` to `last`. In two parts, because
 * together they take more than an hour; judged together.
 * @returns {import('./part.mjs').Part}
 */
export function baselineRuns(first, last) {
  return {
    about: `Seeds ${first} to ${last} of ${allRuns} short runs of a baseline against itself: at most ${mostWithClaims} of all may claim anything on a headline metric`,
    family: 'aa',
    runs: Array.from({ length: last - first + 1 }, (_, index) => ({
      name: `seed ${first + index}`,
      minutes: comparisonMinutes(plan),
      words: [
        ...['aa', 'acceptance/known/', 'quick', '--blocks', `${plan.blocks}`, '--trial', `${plan.trialSeconds}s`],
        ...['--seed', `${first + index}`],
      ],
    })),
    judge: (record) => {
      const headline = headlineEffects(record);
      return { isGood: !headline.some(isClaim), text: headline.map(effectText).join(', ') };
    },
    verdict: (judged) => {
      const claims = judged.filter(({ isGood }) => !isGood).length;
      return {
        isPassed: claims <= mostWithClaims,
        text: `${claims} of ${judged.length} claim something (at most ${mostWithClaims} of ${allRuns})`,
      };
    },
  };
}
