import path from 'node:path';
import { behaviourSchema } from '../src/shared/behaviour';
import { builtinBehaviours } from '../src/shared/builtins';
import { decodeLatency, latencyMeanMs, latencyPercentileMs, mergeLatency } from '../src/shared/latencyHistogram';
import type { LoadResult, ScenarioJob } from '../src/core/load/loadJob';
import { locustFile } from '../src/core/locust/locustFile';
import { openLocust } from '../src/core/locust/openLocust';
import type { BenchOptions, BenchResult } from './benchOptions';
import { installLocust } from './load/locust';
import { runOwnGenerator } from './load/ownGenerator';
import { startLightServer } from './load/startHelper';

interface Level {
  readonly name: string;
  readonly users: number;
  readonly waitSeconds: readonly [low: number, high: number];
}

/** A load that both can make, and one that only the limit of the generator ends. */
const levels: readonly Level[] = [
  { name: '100 users with 1 to 3 s between their requests', users: 100, waitSeconds: [1, 3] },
  { name: '32 users without a pause', users: 32, waitSeconds: [0, 0] },
];
const workerCounts = [1, 2];
const spawnSeconds = 2;
const warmupSeconds = 4;
const durationSeconds = 15;

/**
 * Our generator and Locust, each as a comparison uses it, on the same behaviour (`WebAppUser`; Locust's `HttpUser`, as its file is
 * made) against a server that answers at once: what rate they reach, what latency they see, what they cost, and what a second worker adds on
 * this machine. Shows, and judges nothing. About 3 minutes.
 */
export async function bench({ root, scratch, say }: BenchOptions): BenchResult {
  const python = process.env['INSIGHTS_COMPARISON_SAMPLE_PYTHON'] ?? 'python3';
  const command = await installLocust(python, say);
  const locust = { pythonPath: path.join(path.dirname(command), 'python'), version: '' };
  const server = await startLightServer(root);
  try {
    for (const level of levels) {
      const job = jobOf(level, server.origin);
      say(`${level.name}:`);
      say(row('ours', await runOwnGenerator(job, { root })));
      for (const workers of workerCounts) {
        const folder = path.join(scratch, `locust-${level.users}-${workers}`);
        const result = await runLocust(job, { locust, workers, folder });
        say(row(`Locust HttpUser, ${workers} ${workers === 1 ? 'worker' : 'workers'}`, result));
      }
    }
  } finally {
    await server.stop();
  }
  return undefined;
}

function jobOf({ users, waitSeconds }: Level, origin: string): ScenarioJob {
  return {
    kind: 'scenario',
    origin,
    requestIdPrefix: 'bench',
    seed: 1,
    block: 0,
    timeoutSeconds: 10,
    load: { type: 'users', users, spawnRatePerSecond: users / spawnSeconds },
    behaviour: behaviourSchema.parse({ ...builtinBehaviours['WebAppUser'], waitSeconds }),
    warmupSeconds,
    durationSeconds,
  };
}

async function runLocust(
  job: ScenarioJob,
  {
    locust,
    workers,
    folder,
  }: {
    readonly locust: { readonly pythonPath: string; readonly version: string };
    readonly workers: number;
    readonly folder: string;
  },
): Promise<LoadResult> {
  const { behaviour, load, origin } = job;
  const text = locustFile({ behaviourName: 'WebAppUser', behaviour, load, durationSeconds, origin });
  const { signal } = new AbortController();
  const engine = await openLocust({
    python: locust,
    file: { text },
    workers,
    remote: null,
    userClasses: [],
    folder,
    environment: { PATH: process.env['PATH'] ?? '' },
    signal,
    onStep: () => undefined,
  });
  try {
    return await engine.drive(job, { signal });
  } finally {
    await engine.close();
  }
}

function row(name: string, result: LoadResult): string {
  const latency = mergeLatency(Object.values(result.latency).map(decodeLatency));
  const ms = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
  const cost = (result.cpuSeconds * 1e6) / Math.max(1, result.requests);
  const figures = [
    `${result.achievedRate.toFixed(1).padStart(7)} requests/s`,
    `mean ${ms(latencyMeanMs(latency))} ms, p50 ${ms(latencyPercentileMs(latency, 50))}, p99 ${ms(latencyPercentileMs(latency, 99))}`,
    `${cost.toFixed(0)} ms CPU per 1,000 requests`,
    `${result.failures} failed`,
  ];
  return `  ${name.padEnd(32)} ${figures.join('; ')}`;
}
