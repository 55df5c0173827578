import { comparisonMinutes } from '../part.mjs';
import { precisionPart, sample } from '../precision.mjs';

/**
 * The scenario beside it is as short as it may be. Trials of 5 s (`quick`), each a whole flush of Honeybadger's: with the generator's core
 * awake, most of the noise is drawn at a process's start (docs/measurement.md), so that more starts tell more than longer trials.
 */
const plan = { blocks: 48, trialSeconds: 5, warmupSeconds: 1, capacitySeconds: 5, overheadSeconds: 3.3 };

export const part = precisionPart({
  about:
    'The Flask sample without the package against with Insights in a closed loop, 4 minutes of measuring per variant, the app on a core of its own: half of the 95 % interval of CPU per request is at most 1.2 %',
  metric: 'capacity_cpu_ms_per_request',
  most: 0.012,
  run: {
    name: `${plan.blocks} × ${plan.capacitySeconds} s`,
    minutes: comparisonMinutes(plan),
    words: [
      ...['run', '.', 'quick', 'flask', ...sample.variants, '--pin'],
      ...['--rate', '20', '--blocks', `${plan.blocks}`, '--trial', `${plan.trialSeconds}s`, '--warmup', '1s'],
    ],
  },
});
