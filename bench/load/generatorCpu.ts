import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions } from '../benchOptions';
import { loadLevels, settleSeconds, spawnSeconds, type LoadLevel } from './loadLevels';
import { installLocust, startLocust, type LocustUser } from './locust';
import { runOwnGenerator, webAppJob } from './ownGenerator';
import { processCpuSeconds } from './processCpu';
import { startLightServer, type LightServer } from './startHelper';

/** CPU of a generator between two moments, and what it got done between them. */
interface GeneratorCost {
  readonly cpuMsPerThousand: number;
  readonly requestsPerSecond: number;
}

/**
 * The generator's own CPU per 1,000 requests in steady state, beside Locust's two kinds of user with the same behaviour against the same
 * server: ours is below both, and at the highest rate at most a fifth of HttpUser's. Requests are those that the server counted.
 */
export async function generatorCpu(options: BenchOptions, python: string): Promise<boolean> {
  const locust = await installLocust(python, options.say);
  const server = await startLightServer(options.root);
  let isWithinLimits = true;
  try {
    for (const level of loadLevels) {
      const httpUser = await measureLocust('HttpUser', { locust, level, server, ...options });
      const ours = await measureOwn({ level, server, ...options });
      const fastHttpUser = await measureLocust('FastHttpUser', { locust, level, server, ...options });
      const isWithin =
        ours.cpuMsPerThousand < fastHttpUser.cpuMsPerThousand &&
        ours.cpuMsPerThousand * level.httpUserFactor <= httpUser.cpuMsPerThousand;
      if (!isWithin) isWithinLimits = false;
      const limit = `limit: below both${level.httpUserFactor > 1 ? `, ${level.httpUserFactor} times below HttpUser` : ''}`;
      options.say(`${level.name}: ${isWithin ? 'within' : 'BEYOND'} the ${limit}`);
      options.say(row('ours', ours, ours));
      options.say(row('Locust HttpUser', httpUser, ours));
      options.say(row('Locust FastHttpUser', fastHttpUser, ours));
    }
  } finally {
    await server.stop();
  }
  return isWithinLimits;
}

function row(name: string, cost: GeneratorCost, ours: GeneratorCost): string {
  const ratio = cost === ours ? '' : `, ${(cost.cpuMsPerThousand / ours.cpuMsPerThousand).toFixed(2)} × ours`;
  const { cpuMsPerThousand, requestsPerSecond } = cost;
  return `  ${name.padEnd(20)} ${cpuMsPerThousand.toFixed(0)} ms CPU per 1,000 requests at ${requestsPerSecond.toFixed(1)}/s${ratio}`;
}

interface MeasureOptions extends BenchOptions {
  readonly level: LoadLevel;
  readonly server: LightServer;
}

async function measureOwn({ root, level, server }: MeasureOptions): Promise<GeneratorCost> {
  const edges: Promise<Edge>[] = [];
  const job = webAppJob(server.origin, level);
  await runOwnGenerator(job, { root, onEdge: (_edge, pid) => edges.push(readEdge(pid, server)) });
  const [start, end] = await Promise.all(edges);
  if (start === undefined || end === undefined) throw new Error('The generator measured nothing');
  return costBetween(start, end);
}

async function measureLocust(
  user: LocustUser,
  { locust, level, server, scratch }: MeasureOptions & { readonly locust: string },
): Promise<GeneratorCost> {
  const running = await startLocust(locust, { user, level, origin: server.origin, scratch });
  try {
    await firstRequest(server);
    await sleep((spawnSeconds + settleSeconds) * 1000);
    const start = await readEdge(running.pid, server);
    await sleep(level.measuredSeconds * 1000);
    return costBetween(start, await readEdge(running.pid, server));
  } finally {
    await running.stop();
  }
}

/** Python takes a second or two to import all that Locust needs. */
async function firstRequest(server: LightServer): Promise<void> {
  const before = await server.requests();
  const giveUp = AbortSignal.timeout(30_000);
  while ((await server.requests()) === before) {
    giveUp.throwIfAborted();
    await sleep(100);
  }
}

interface Edge {
  readonly atMs: number;
  readonly cpuSeconds: number;
  readonly requests: number;
}

async function readEdge(pid: number, server: LightServer): Promise<Edge> {
  const [cpuSeconds, requests] = await Promise.all([processCpuSeconds(pid), server.requests()]);
  return { atMs: performance.now(), cpuSeconds, requests };
}

function costBetween(start: Edge, end: Edge): GeneratorCost {
  const requests = end.requests - start.requests;
  if (requests === 0) throw new Error('The generator sent nothing');
  return {
    cpuMsPerThousand: ((end.cpuSeconds - start.cpuSeconds) * 1e6) / requests,
    requestsPerSecond: (requests * 1000) / (end.atMs - start.atMs),
  };
}
