import { effectOn, effectText } from '../effects.mjs';
import { comparisonMinutes } from '../part.mjs';

const runs = 10;
const fewestGood = 9;
const truthMs = 0.1;
const plan = { blocks: 20, trialSeconds: 5 };

/** @type {import('../part.mjs').Part} */
export const part = {
  about: `${runs} runs of +100 µs of CPU per request on a base of 1 ms, at 100 requests per second: found, with the truth inside the interval, in at least ${fewestGood}`,
  showsAllRuns: true,
  runs: Array.from({ length: runs }, (_, index) => ({
    name: `seed ${index + 1}`,
    minutes: comparisonMinutes(plan),
    words: [
      ...['run', 'acceptance/known/', 'quick', '--variants', 'base,burn', '--no-capacity'],
      ...['--blocks', `${plan.blocks}`, '--trial', `${plan.trialSeconds}s`, '--seed', `${index + 1}`],
    ],
  })),
  judge: (record) => {
    const effect = effectOn(record, 'cpu_ms_per_request');
    const isInside = effect.difference.low <= truthMs && truthMs <= effect.difference.high;
    const outside = isInside ? '' : `; ${truthMs} ms lies outside`;
    return { isGood: effect.verdict === 'increase' && isInside, text: effectText(effect) + outside };
  },
  verdict: (judged) => {
    const good = judged.filter(({ isGood }) => isGood).length;
    return { isPassed: good >= fewestGood, text: `${good} of ${judged.length} good (at least ${fewestGood})` };
  },
};
