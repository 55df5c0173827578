import path from 'node:path';
import { runLoad } from '../../src/core/load/runLoad';
import type { CapacityJob, LoadJob, LoadResult, ScenarioJob } from '../../src/core/load/loadJob';
import { behaviourSchema } from '../../src/shared/behaviour';
import { builtinBehaviours } from '../../src/shared/builtins';
import type { LoadLevel } from './loadLevels';
import { settleSeconds, spawnSeconds } from './loadLevels';

export interface OwnOptions {
  readonly root: string;
  readonly onEdge?: (edge: 'start' | 'end', pid: number) => void;
}

/** Runs a job in the generator's own bundle, as a comparison does. */
export async function runOwnGenerator(job: LoadJob, { root, onEdge }: OwnOptions): Promise<LoadResult> {
  let pid = 0;
  return runLoad(
    job,
    { entry: path.join(root, 'dist', 'generator.js'), environment: { PATH: process.env['PATH'] ?? '' } },
    {
      signal: new AbortController().signal,
      onStarted: (id) => {
        pid = id;
      },
      onReply: (reply) => {
        if (reply.type === 'window') onEdge?.(reply.edge, pid);
      },
    },
  );
}

const common = { requestIdPrefix: 'bench', seed: 1, block: 0, timeoutSeconds: 10 } as const;

export function webAppJob(origin: string, level: LoadLevel): ScenarioJob {
  return {
    ...common,
    kind: 'scenario',
    origin,
    load: { type: 'users', users: level.users, spawnRatePerSecond: level.users / spawnSeconds },
    behaviour: behaviourSchema.parse({ ...builtinBehaviours['WebAppUser'], waitSeconds: level.waitSeconds }),
    warmupSeconds: settleSeconds,
    durationSeconds: level.measuredSeconds,
  };
}

/** The closed loop of `connections` without a pause, once by simulated users, once by autocannon. */
export function closedLoopJobs(
  origin: string,
  connections: number,
  durationSeconds: number,
): { readonly users: ScenarioJob; readonly capacity: CapacityJob } {
  // The warm-up of a comparison's capacity: the generator needs it as much as the app does.
  const timed = { ...common, origin, warmupSeconds: 2, durationSeconds };
  const behaviour = behaviourSchema.parse({ waitSeconds: [0, 0], requests: [{ name: 'a', path: '/' }] });
  return {
    users: {
      ...timed,
      kind: 'scenario',
      load: { type: 'users', users: connections, spawnRatePerSecond: 1000 },
      behaviour,
    },
    capacity: {
      ...timed,
      kind: 'capacity',
      connections,
      requests: [{ name: 'a', method: 'GET', path: '/' }],
      headers: {},
    },
  };
}
