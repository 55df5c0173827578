import { effectOn, halfWidth95 } from '../effects.mjs';
import { comparisonMinutes } from '../part.mjs';

/** Starting and stopping the app and its Celery worker. */
const overheadSeconds = 6;
const variants = ['--variants', 'no_honeybadger,with_insights', '--seed', '1', '--pin'];
const scenario = { blocks: 16, trialSeconds: 15, warmupSeconds: 5, rampSeconds: 10, overheadSeconds };
const capacity = { blocks: 24, trialSeconds: 5, warmupSeconds: 1, capacitySeconds: 10, overheadSeconds };

/** @type {import('../part.mjs').Part} */
export const part = {
  about:
    'The Flask sample without the package against with Insights, 4 minutes of measuring per variant: half of the 95 % interval of CPU per request is at most 2 % at medium_load and 1.2 % at capacity',
  showsAllRuns: true,
  runs: [
    {
      name: 'scenario at medium_load, 16 × 15 s',
      of: { metric: 'cpu_ms_per_request', most: 0.02 },
      minutes: comparisonMinutes(scenario),
      words: ['run', '.', 'medium_load', 'flask', ...variants, '--blocks', '16', '--trial', '15s', '--no-capacity'],
    },
    {
      // The scenario beside it is as short as it may be.
      name: 'capacity, 24 × 10 s',
      of: { metric: 'capacity_cpu_ms_per_request', most: 0.012 },
      minutes: comparisonMinutes(capacity),
      words: [
        ...['run', '.', 'light_load', 'flask', ...variants],
        ...['--rate', '20', '--blocks', '24', '--trial', '5s', '--warmup', '1s'],
      ],
    },
  ],
  judge: (record, { of }) => {
    const effect = effectOn(record, of.metric);
    const half = halfWidth95(effect);
    const change = effect.ratio ? `${((effect.ratio.estimate - 1) * 100).toFixed(1)} %` : 'no ratio';
    return {
      isGood: half <= of.most,
      text: `${of.metric} ${change} ± ${(half * 100).toFixed(2)} % (at most ${of.most * 100} %)`,
    };
  },
};
