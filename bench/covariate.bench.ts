import type { BenchOptions, BenchResult } from './benchOptions';
import { loadOne, withBothUp, type BothUpPlan, type Running } from './precision/bothUp';
import { burstTouch } from './precision/burstTouch';
import { table } from './precision/table';
import { randomStream, shuffled } from '../src/shared/random';
import { mean } from '../src/shared/statistics/mean';
import { sampleSd } from '../src/shared/statistics/sampleSd';

const slicesPerBlock = 20;
const burstRounds = 80;

const pairs: readonly (readonly [string, BothUpPlan, number])[] = [
  ['itself', { purpose: 'aa', trialSeconds: 3, warmupSeconds: 0 }, 2],
  [
    'no_honeybadger → with_insights',
    { purpose: 'comparison', variants: ['no_honeybadger', 'with_insights'], trialSeconds: 3, warmupSeconds: 0 },
    4,
  ],
];

/**
 * Does a variant touch the probe of the machine's speed? Both variants of the Flask sample are up and loaded in turn (25 requests/s, 3 s
 * each, in random order), so that the machine is the same beside both: what the probe says beside one and the other. Then beside a process
 * whose cost changes from second to second. About 25 minutes. Shows; judges nothing.
 */
export async function bench(options: BenchOptions): BenchResult {
  const rows = [['the probe beside', 'pairs', 'of its means', 'of its medians']];
  for (const [name, plan, blocks] of pairs) {
    const means: number[] = [];
    const medians: number[] = [];
    await withBothUp(plan, blocks, options, async (deps, running, block, signal) => {
      const random = randomStream(1, 'slices', block);
      // The first load of a fresh app is no load like the others.
      for (const one of running) await loadOne(deps, one, block * 1000, signal);
      for (let slice = 1; slice <= slicesPerBlock; slice += 1) {
        const readings = new Map<Running, { readonly meanMs: number; readonly medianMs: number } | null>();
        for (const one of shuffled(running, random)) {
          deps.speedProbe.begin();
          await loadOne(deps, one, block * 1000 + slice, signal);
          readings.set(one, await deps.speedProbe.end());
        }
        const [baseline, candidate] = running.map((one) => readings.get(one));
        if (!baseline || !candidate) continue;
        means.push(Math.log(candidate.meanMs / baseline.meanMs));
        medians.push(Math.log(candidate.medianMs / baseline.medianMs));
      }
    });
    rows.push([name, String(means.length), withError(means), withError(medians)]);
    options.say(table(rows));
  }
  for (const core of [null, 0]) {
    const place = core === null ? '' : `, both on core ${core}`;
    for (const { fromMs, toMs, logs } of await burstTouch(burstRounds, core, options))
      rows.push([`25 bursts of ${fromMs} → ${toMs} ms each second${place}`, String(logs.length), withError(logs), '']);
  }
  options.say(table(rows));
  return undefined;
}

/** Mean of log ratios and its standard error, in percent. */
function withError(logs: readonly number[]): string {
  return `${(100 * mean(logs)).toFixed(2)} % ± ${((100 * sampleSd(logs)) / Math.sqrt(logs.length)).toFixed(2)}`;
}
