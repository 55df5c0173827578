import { mean } from '../src/shared/statistics/mean';
import { sampleSd } from '../src/shared/statistics/sampleSd';
import type { ComparisonRecord } from '../src/shared/record';
import { totalCpuSeconds } from '../src/shared/totalCpuSeconds';
import type { BenchOptions, BenchResult } from './benchOptions';
import { blockSeries } from './precision/blockSeries';
import { blocksBothUp, inSlices } from './precision/bothUp';
import { designHeader, rowsOf } from './precision/designRows';
import { runRecord } from './precision/runRecord';
import { table } from './precision/table';
import { wallOf } from './precision/wallOf';

const blocks = 12;
const users = ['--users', '50', '--spawn-rate', '50', '--warmup', '3s'];

/**
 * The ways to beat the machine's noise, side by side on the Flask sample against itself (25 requests/s): every effect is 0, so what
 * is seen is noise. About 40 minutes; records are kept, so that a broken-off one goes on. Shows; judges nothing.
 */
export async function bench(options: BenchOptions): BenchResult {
  const { root, say } = options;
  const sample = [`${root}/`, 'medium_load', 'flask', '--seed', '11'];
  const adjacent = await runRecord(
    { name: 'adjacent', words: ['aa', ...sample, ...users, '--blocks', String(blocks), '--trial', '10s'] },
    options,
  );
  const short = await runRecord(
    { name: 'short', words: ['aa', ...sample, ...users, '--blocks', String(blocks), '--trial', '5s', '--no-capacity'] },
    options,
  );
  const pinned = await runRecord(
    { name: 'pinned', words: ['aa', ...sample, ...users, '--blocks', String(blocks), '--trial', '10s', '--pin'] },
    options,
  );
  const startedAtMs = Date.now();
  const slices = await blocksBothUp(blocks, inSlices('anywhere'), options);
  const slicesWallSeconds = (Date.now() - startedAtMs) / 1000 / blocks;

  const wall = wallOf(adjacent);
  const rows = [
    ...predecessor(adjacent),
    ...rowsOf('scenario 10 s: CPU per request', blockSeries(adjacent, 'cpu_ms_per_request'), {
      measuredSeconds: 10,
      wallSeconds: wall.scenario,
    }),
    ...rowsOf('scenario 10 s: mean latency', blockSeries(adjacent, 'latency_mean_ms'), {
      measuredSeconds: 10,
      wallSeconds: wall.scenario,
    }),
    ...rowsOf('closed loop 10 s: CPU per request', blockSeries(adjacent, 'capacity_cpu_ms_per_request'), {
      measuredSeconds: 10,
      wallSeconds: wall.capacity,
    }),
    ...rowsOf(
      'closed loop 10 s: requests/s',
      blockSeries(adjacent, 'capacity_rps'),
      { measuredSeconds: 10, wallSeconds: wall.capacity },
      -1,
    ),
    ...rowsOf('more restarts, 5 s each: CPU per request', blockSeries(short, 'cpu_ms_per_request'), {
      measuredSeconds: 5,
      wallSeconds: wallOf(short).scenario,
    }),
    ...rowsOf(
      'the app on a core of its own (--pin), scenario 10 s: CPU per request',
      blockSeries(pinned, 'cpu_ms_per_request'),
      { measuredSeconds: 10, wallSeconds: wallOf(pinned).scenario },
    ),
    ...rowsOf(
      'the app on a core of its own (--pin), closed loop 10 s: CPU per request',
      blockSeries(pinned, 'capacity_cpu_ms_per_request'),
      { measuredSeconds: 10, wallSeconds: wallOf(pinned).capacity },
    ),
    ...rowsOf('both variants up, 4 slices of 3 s in turn: CPU per request', slices, {
      measuredSeconds: 12,
      wallSeconds: slicesWallSeconds,
    }),
    ...instructionRows(adjacent),
  ];
  say(table([designHeader, ...rows]));
  return undefined;
}

/** By the CPU's own counters, where this machine shows them to this user. */
function instructionRows(record: ComparisonRecord): string[][] {
  if (![...record.trials, ...record.capacity].every(({ instructions }) => instructions !== undefined))
    return [['CPU instructions: not counted here (`insights-comparison doctor` says why)']];
  const wall = wallOf(record);
  return [
    ...rowsOf('scenario 10 s: instructions per request', blockSeries(record, 'million_instructions_per_request'), {
      measuredSeconds: 10,
      wallSeconds: wall.scenario,
    }),
    ...rowsOf(
      'closed loop 10 s: instructions per request',
      blockSeries(record, 'capacity_million_instructions_per_request'),
      { measuredSeconds: 10, wallSeconds: wall.capacity },
    ),
  ];
}

/** One run of each variant in a fixed order: here, half of the trials in a row against the other half in a row. */
function predecessor({ trials }: ComparisonRecord): string[][] {
  const inOrder = [...trials].sort((one, other) => one.position - other.position);
  const values = inOrder.map((trial) => Math.log((totalCpuSeconds(trial) ?? Number.NaN) / trial.requests));
  const half = Math.floor(values.length / 2);
  const difference = mean(values.slice(half)) - mean(values.slice(0, half));
  const single = values.slice(half).map((value, index) => value - (values[index] ?? value));
  return [
    ['the predecessor: one run each, in a fixed order: CPU per request'],
    [
      '  one trial each, minutes apart',
      `${(100 * sampleSd(single)).toFixed(2)} %`,
      `${(100 * mean(single)).toFixed(2)} %`,
      'no interval',
      'no interval',
      '–',
    ],
    [
      `  ${half} trials in a row each`,
      'one value',
      `${(100 * difference).toFixed(2)} %`,
      'no interval',
      'no interval',
      '–',
    ],
  ];
}
