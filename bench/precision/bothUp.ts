import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { openSession } from '../../src/core/comparison/openSession';
import type { ComparisonDeps } from '../../src/core/comparison/comparisonDeps';
import type { LoadResult } from '../../src/core/load/loadJob';
import { runLoad } from '../../src/core/load/runLoad';
import { makePlans } from '../../src/core/project/makePlans';
import { createTreeSampler } from '../../src/core/sample/createTreeSampler';
import type { TreeSampler } from '../../src/core/sample/treeSampler';
import type { LiveTarget } from '../../src/core/trial/liveTarget';
import { openTarget } from '../../src/core/trial/openTarget';
import { makeJob } from '../../src/core/trial/runTrial';
import type { TrialDeps } from '../../src/core/trial/trialDeps';
import { randomStream, shuffled } from '../../src/shared/random';
import { runRequestSchema } from '../../src/shared/runRequest';
import type { BenchOptions } from '../benchOptions';
import type { BlockLogs } from './blockSeries';

/** How two apps that are both up get their load. */
export interface Interleaving {
  /** Measured time of one load, in seconds. */
  readonly loadSeconds: number;
  readonly load: (deps: TrialDeps, running: readonly Running[], block: number, signal: AbortSignal) => Promise<void>;
}

const slicesPerBlock = 4;

/** One after the other, four times 3 s each, in random order; where the system puts them, or both on core 1. */
export function inSlices(place: 'anywhere' | 'one core'): Interleaving {
  return {
    loadSeconds: 3,
    load: async (deps, running, block, signal) => {
      if (place === 'one core') for (const one of running) await move(one, 1);
      const random = randomStream(1, 'slices', block);
      for (let slice = 0; slice < slicesPerBlock; slice += 1)
        for (const one of shuffled(running, random)) await loadOne(deps, one, block * slicesPerBlock + slice, signal);
    },
  };
}

/**
 * Both at the same moment (duet benchmarking: Bulej et al. 2020), where the system puts them, all on core 1, or each on a core that
 * it changes with the other every second.
 */
export function together(place: 'anywhere' | 'one core' | 'swapping'): Interleaving {
  return {
    loadSeconds: 10,
    load: async (deps, running, block, signal) => {
      let turn = 0;
      const put = async (): Promise<void> => {
        await Promise.all(running.map(async (one, index) => move(one, place === 'one core' ? 1 : (turn + index) % 2)));
        turn += 1;
      };
      if (place !== 'anywhere') await put();
      const timer = place === 'swapping' ? setInterval(() => void put(), 1000) : undefined;
      try {
        await Promise.all(running.map(async (one) => loadOne(deps, one, block, signal)));
      } finally {
        clearInterval(timer);
      }
    },
  };
}

async function move({ sampler }: Running, core: number): Promise<void> {
  const { processes } = await sampler.read();
  for (const { pid } of processes)
    await execa('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { reject: false });
}

export interface Running {
  readonly target: LiveTarget;
  readonly sampler: TreeSampler;
  cpuSeconds: number;
  generatorSeconds: number;
  requests: number;
}

/** The plan of both apps, by what is asked for and what is changed of it. */
export interface BothUpPlan {
  readonly purpose: 'aa' | 'comparison';
  readonly variants?: readonly string[];
  readonly trialSeconds: number;
  readonly warmupSeconds: number;
}

/** Both variants of a block up at once: what finer interleaving is worth. */
export async function blocksBothUp(
  blocks: number,
  interleaving: Interleaving,
  options: BenchOptions,
): Promise<BlockLogs[]> {
  const plan: BothUpPlan = { purpose: 'aa', trialSeconds: interleaving.loadSeconds, warmupSeconds: 1 };
  const observed: BlockLogs[] = [];
  await withBothUp(plan, blocks, options, async (deps, running, block, signal) => {
    await interleaving.load(deps, running, block, signal);
    const [baseline, candidate] = running;
    const log = (valueOf: (one: Running) => number): number =>
      baseline && candidate ? Math.log(valueOf(candidate)) - Math.log(valueOf(baseline)) : Number.NaN;
    observed.push({
      effect: log(({ cpuSeconds, requests }) => cpuSeconds / requests),
      generator: log(({ generatorSeconds, requests }) => generatorSeconds / requests),
      // They share the block's time: no speed of their own.
      probeMedian: Number.NaN,
      probeMean: Number.NaN,
    });
  });
  return observed;
}

/** Starts both variants of the Flask sample for each block (25 requests/s are the plan's rate), and ends them after `load`. */
export async function withBothUp(
  { purpose, variants, trialSeconds, warmupSeconds }: BothUpPlan,
  blocks: number,
  options: BenchOptions,
  load: Interleaving['load'],
): Promise<void> {
  const never = new AbortController().signal;
  const request = runRequestSchema.parse({
    purpose,
    folder: options.root,
    targets: ['flask'],
    variantNames: variants,
    ratePerSecond: 25,
    seed: 1,
    python: { path: process.env['INSIGHTS_COMPARISON_SAMPLE_PYTHON'] ?? 'python3', origin: 'bench' },
  });
  const [planned] = await makePlans(request, process.env);
  if (!planned) throw new Error('The sample has no flask target');
  // Two of them run at once: each takes a port of its own.
  const plan = { ...planned.plan, target: { ...planned.plan.target, port: 0 }, trialSeconds, warmupSeconds };
  const folder = mkdtempSync(path.join(options.scratch, 'both-up-'));
  const session = await openSession(plan, depsOf(options), {
    signal: never,
    force: never,
    onEvent: () => undefined,
  });
  try {
    for (let block = 0; block < blocks; block += 1) {
      const running: Running[] = [];
      try {
        await openAll(session.deps, running, block, folder, never);
        await load(session.deps, running, block, never);
      } finally {
        for (const { target } of running) await target.close();
      }
    }
  } finally {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts them into `running`, the baseline first, as they come up. */
async function openAll(
  deps: TrialDeps,
  running: Running[],
  block: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  // Which one is started first is no trifle: in ten blocks the second was 3.7 % cheaper (se 1.0).
  const inOrder = [...deps.plan.variants.entries()];
  for (const [index, variant] of block % 2 === 0 ? inOrder : inOrder.reverse()) {
    const position = block * 100 + index;
    const target = await openTarget(
      deps,
      {
        variant,
        position,
        hashSeed: block + 1,
        logFile: path.join(folder, `${position}.log`),
        exitWait: 'full',
        onPhase: () => undefined,
        onLine: () => undefined,
        onExitWait: () => undefined,
      },
      signal,
    );
    if (!target.app) throw new Error('Both can be up only where the app is ours to run');
    // No tag: with two apps up, a process that left its tree would count for both.
    const sampler = createTreeSampler({ rootPid: target.app.pid, tag: null, clock: deps.cpuClock, table: null });
    running[index === 0 ? 'unshift' : 'push']({ target, sampler, cpuSeconds: 0, generatorSeconds: 0, requests: 0 });
  }
}

/** One load of the plan's length on one of them; its CPU time and requests are added up. */
export async function loadOne(deps: TrialDeps, one: Running, stream: number, signal: AbortSignal): Promise<void> {
  const trial = { position: 0, of: 1, block: stream, blocks: 1, variant: '', kind: 'scenario' as const };
  const edges: Promise<number>[] = [];
  const cpuNow = async (): Promise<number> => {
    const { cpuUserSeconds, cpuSystemSeconds } = await one.sampler.read();
    return cpuUserSeconds + cpuSystemSeconds;
  };
  const load: LoadResult = await runLoad(
    makeJob(deps, { trial }, one.target),
    { entry: deps.generatorEntry, environment: deps.toolEnvironment },
    {
      signal,
      onReply: (reply) => {
        if (reply.type === 'window') edges.push(cpuNow());
      },
    },
  );
  const [start = 0, end = 0] = await Promise.all(edges);
  one.cpuSeconds += end - start;
  one.generatorSeconds += load.cpuSeconds;
  one.requests += load.requests;
}

function depsOf({ root }: BenchOptions): ComparisonDeps {
  const entry = (name: string): string => path.join(root, 'dist', `${name}.js`);
  return {
    entries: { generator: entry('generator'), collector: entry('collector'), guard: entry('guard') },
    environment: process.env,
    toolVersion: 'bench',
    pageScript: '',
    now: () => Date.now(),
  };
}
