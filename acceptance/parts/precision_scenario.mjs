import { comparisonMinutes } from '../part.mjs';
import { precisionPart, sample } from '../precision.mjs';

const { overheadSeconds } = sample;
const plan = { blocks: 32, trialSeconds: 15, warmupSeconds: 5, rampSeconds: 10, overheadSeconds };

export const part = precisionPart({
  about:
    'The Flask sample without the package against with Insights at medium_load, 8 minutes of measuring per variant: half of the 95 % interval of CPU per request is at most 2 %',
  metric: 'cpu_ms_per_request',
  most: 0.02,
  run: {
    name: `${plan.blocks} × ${plan.trialSeconds} s`,
    minutes: comparisonMinutes(plan),
    words: [
      ...['run', '.', 'medium_load', 'flask', ...sample.variants, '--no-capacity'],
      ...['--blocks', `${plan.blocks}`, '--trial', `${plan.trialSeconds}s`],
    ],
  },
});
