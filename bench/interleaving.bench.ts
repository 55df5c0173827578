import type { BenchOptions, BenchResult } from './benchOptions';
import { blockSeries } from './precision/blockSeries';
import { blocksBothUp, inSlices, together, type Interleaving } from './precision/bothUp';
import { designHeader, rowsOf } from './precision/designRows';
import { runRecord } from './precision/runRecord';
import { table } from './precision/table';
import { wallOf } from './precision/wallOf';

const blocks = 10;

const bothUp: readonly (readonly [string, Interleaving, number])[] = [
  ['4 slices of 3 s in turn', inSlices('anywhere'), 12],
  ['4 slices of 3 s in turn, both on one core', inSlices('one core'), 12],
  ['loaded at the same moment', together('anywhere'), 10],
  ['at the same moment on one core', together('one core'), 10],
  ['at the same moment, changing cores every second', together('swapping'), 10],
];

/**
 * What would be won if both variants of a block were up at once, on the Flask sample against itself (25 requests/s), beside fresh
 * processes one after the other. About 25 minutes. Shows; judges nothing.
 */
export async function bench(options: BenchOptions): BenchResult {
  const { root, say } = options;
  const words = ['aa', `${root}/`, 'medium_load', 'flask', '--seed', '12', '--rate', '25', '--warmup', '1s'];
  const rows: string[][] = [];
  for (const [name, interleaving, measuredSeconds] of bothUp) {
    const startedAtMs = Date.now();
    const observed = await blocksBothUp(blocks, interleaving, options);
    const wallSeconds = (Date.now() - startedAtMs) / 1000 / observed.length;
    const more = rowsOf(`both up, ${name}: CPU per request`, observed, { measuredSeconds, wallSeconds });
    say(table(more));
    rows.push(...more);
  }
  const fresh = await runRecord(
    { name: 'fresh', words: [...words, '--blocks', String(blocks), '--trial', '10s', '--no-capacity'] },
    options,
  );
  rows.push(
    ...rowsOf('fresh processes in turn, 10 s: CPU per request', blockSeries(fresh, 'cpu_ms_per_request'), {
      measuredSeconds: 10,
      wallSeconds: wallOf(fresh).scenario,
    }),
  );
  say(table([designHeader, ...rows]));
  return undefined;
}
