import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decodeLatency, latencyPercentileMs, mergeLatency } from '../../src/shared/latencyHistogram';
import type { LoadJob } from '../../src/core/load/loadJob';
import type { BenchOptions } from '../benchOptions';
import { closedLoopJobs, runOwnGenerator } from './ownGenerator';
import { startDelayServer } from './startHelper';

const run = promisify(execFile);

const delayMs = 10;
const connections = 8;
const roundSeconds = 4;
const rounds = 5;
const p50LimitMs = 0.5;
const p99LimitShare = 0.1;

interface Latencies {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Latencies in a closed loop on a server that answers after a fixed time, beside wrk's: rounds in turn, of each percentile the
 * lowest: what else runs on the machine only ever adds.
 * Both of our engines agree with wrk within 0.5 ms at the median and 10 % at p99.
 */
export async function wrkAgreement({ root, say }: BenchOptions, python: string): Promise<boolean> {
  const server = await startDelayServer(root, python, delayMs);
  const seen: Record<'wrk' | 'users' | 'capacity', Latencies[]> = { wrk: [], users: [], capacity: [] };
  try {
    const jobs = closedLoopJobs(server.origin, connections, roundSeconds);
    for (let round = 0; round < rounds; round += 1) {
      seen.wrk.push(await measureWrk(server.origin));
      seen.users.push(await measureOwn(jobs.users, root));
      seen.capacity.push(await measureOwn(jobs.capacity, root));
    }
  } finally {
    await server.stop();
  }
  const wrk = calmest(seen.wrk);
  say(`latency on a server that answers after ${delayMs} ms, ${connections} connections`);
  say(`  ${'wrk'.padEnd(20)} p50 ${wrk.p50Ms.toFixed(2)} ms, p99 ${wrk.p99Ms.toFixed(2)} ms`);
  const ours = [
    agreement('simulated users', calmest(seen.users), wrk),
    agreement('capacity', calmest(seen.capacity), wrk),
  ];
  for (const { line } of ours) say(line);
  return ours.every(({ isWithin }) => isWithin);
}

function agreement(
  name: string,
  ours: Latencies,
  wrk: Latencies,
): { readonly isWithin: boolean; readonly line: string } {
  const p50OffMs = ours.p50Ms - wrk.p50Ms;
  const p99OffShare = ours.p99Ms / wrk.p99Ms - 1;
  const isWithin = Math.abs(p50OffMs) <= p50LimitMs && Math.abs(p99OffShare) <= p99LimitShare;
  const off = `${p50OffMs.toFixed(2)} ms and ${(p99OffShare * 100).toFixed(1)} % from wrk's`;
  const limit = `limit: ${p50LimitMs} ms and ${p99LimitShare * 100} %`;
  const figures = `p50 ${ours.p50Ms.toFixed(2)} ms, p99 ${ours.p99Ms.toFixed(2)} ms`;
  return { isWithin, line: `  ${name.padEnd(20)} ${figures}: ${off}, ${isWithin ? 'within' : 'BEYOND'} the ${limit}` };
}

async function measureOwn(job: LoadJob, root: string): Promise<Latencies> {
  const result = await runOwnGenerator(job, { root });
  const latency = mergeLatency(Object.values(result.latency).map(decodeLatency));
  return { p50Ms: latencyPercentileMs(latency, 50) ?? NaN, p99Ms: latencyPercentileMs(latency, 99) ?? NaN };
}

async function measureWrk(origin: string): Promise<Latencies> {
  const command = process.env['INSIGHTS_COMPARISON_WRK'] ?? 'wrk';
  const words = [
    '--threads',
    '1',
    '--connections',
    String(connections),
    '--duration',
    `${roundSeconds}s`,
    '--latency',
    origin,
  ];
  const { stdout } = await run(command, words);
  return { p50Ms: wrkPercentileMs(stdout, 50), p99Ms: wrkPercentileMs(stdout, 99) };
}

/** wrk prints `     99%   10.83ms`, with us, ms or s. */
function wrkPercentileMs(output: string, percentile: number): number {
  const [, figure = '', unit = ''] = new RegExp(`\\b${percentile}%\\s+([\\d.]+)(us|ms|s)\\b`).exec(output) ?? [];
  const unitMs = { us: 0.001, ms: 1, s: 1000 }[unit];
  if (unitMs === undefined) throw new Error(`wrk printed no ${percentile}th percentile:\n${output}`);
  return Number(figure) * unitMs;
}

function calmest(all: readonly Latencies[]): Latencies {
  return { p50Ms: Math.min(...all.map(({ p50Ms }) => p50Ms)), p99Ms: Math.min(...all.map(({ p99Ms }) => p99Ms)) };
}
