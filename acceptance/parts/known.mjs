import { comparisonMinutes } from '../part.mjs';
import { judgeCost, knownCosts } from '../known/costs.mjs';

/** @type {import('../part.mjs').Part} */
export const part = {
  about: 'Costs of known size, one comparison each: every one is found in its own metric, and the others stay quiet',
  showsAllRuns: true,
  runs: knownCosts.map((cost) => ({
    name: cost.variant,
    of: cost,
    minutes: comparisonMinutes(cost.plan),
    words: [
      ...['run', 'acceptance/known/', 'quick', '--variants', `${cost.baseline},${cost.variant}`, '--seed', '1'],
      ...['--blocks', `${cost.plan.blocks}`, '--trial', `${cost.plan.trialSeconds}s`],
      ...(cost.plan.ratePerSecond === undefined ? [] : ['--rate', `${cost.plan.ratePerSecond}`]),
      ...(cost.plan.capacitySeconds === undefined ? ['--no-capacity'] : []),
    ],
  })),
  judge: (record, { of }) => judgeCost(record, of),
};
