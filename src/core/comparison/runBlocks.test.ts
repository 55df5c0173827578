import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectorReport } from '../../../test/fixtures/collectorReport';
import { normalDeviate, syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import type { RunEventBody, TrialRef } from '../../shared/events';
import type { Plan } from '../../shared/plan';
import { randomStream } from '../../shared/random';
import { recordSchema, type ComparisonRecord } from '../../shared/record';
import { runRequestSchema } from '../../shared/runRequest';
import { createRunFolder } from '../history/runFolder';
import type { TrialDeps } from '../trial/trialDeps';
import { unknownSoftware } from './describeMachine';
import { orderOf } from './drawOrder';
import { RecordKeeper } from './recordKeeper';
import { mostRepeats, runBlocks, type RunTrial } from './runBlocks';
import { TimePlan } from './timePlan';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-blocks-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const variants = ['without_insights', 'with_insights'];

function planOf(change: Partial<Plan> = {}): Plan {
  return {
    folder: '.',
    target: {
      name: 'tiny',
      command: ['app'],
      cwd: '.',
      host: '127.0.0.1',
      port: 0,
      readyPath: '/',
      isAnyAnswerReady: false,
      projectFolder: null,
      readyTimeoutSeconds: 60,
      prepare: [],
      reset: null,
      companions: [],
      python: { path: 'python', origin: 'PATH' },
      framework: 'flask',
    },
    variants: variants.map((name) => ({ name, envFiles: [], environment: {}, insightsEnabled: null })),
    scenario: {
      name: 'short',
      load: { type: 'users', users: 1, spawnRatePerSecond: 1 },
      behaviourName: 'visitor',
      durationSeconds: 15,
      isRateAdaptive: false,
    },
    behaviour: { waitSeconds: [1, 1], onStart: [], requests: [] },
    isBehaviourOpen: false,
    capacity: { connections: 16, warmupSeconds: 2, durationSeconds: 10, behaviourName: 'visitor', requests: [] },
    blocks: 3,
    trialSeconds: 5,
    warmupSeconds: 0,
    seed: 5,
    headline: ['cpu_ms_per_request'],
    smallestEffects: {},
    budgets: [],
    locust: null,
    stack: null,
    isPinned: false,
    endpoint: 'local',
    acceptedEvents: null,
    purpose: 'comparison',
    isForced: false,
    repeatCommand: '',
    request: runRequestSchema.parse({ folder: '.' }),
    ...change,
  };
}

const anyTrial = syntheticTrial({ latency: {} });
const anyLoop = syntheticCapacityTrial({ latency: {} });

interface Ran {
  readonly trials: readonly (TrialRef & { readonly hashSeed: number; readonly file: string })[];
  readonly events: readonly RunEventBody[];
  readonly reason: string | null;
  readonly record: ComparisonRecord;
}

/** Runs the blocks of a plan with trials that cost no time: `cpuSeconds` and `isDisturbed` say what each shows. */
async function run(
  plan: Plan,
  trial: {
    readonly isDisturbed?: (ref: TrialRef) => boolean;
    readonly cpuSeconds?: (ref: TrialRef) => number;
    readonly onTrial?: (ref: TrialRef) => unknown;
    readonly signal?: AbortSignal;
    readonly now?: () => number;
  } = {},
): Promise<Ran> {
  const { isDisturbed = () => false, cpuSeconds = () => 2, onTrial, now = () => 0 } = trial;
  const events: RunEventBody[] = [];
  const trials: (TrialRef & { hashSeed: number; file: string })[] = [];
  const runFolder = await createRunFolder({ resultsFolder: folder, target: 't', scenario: 's', now: new Date(0) });
  const onEvent = (event: RunEventBody): void => void events.push(event);
  const keeper = new RecordKeeper(
    runFolder,
    {
      id: runFolder.id,
      createdAt: new Date(0).toISOString(),
      toolVersion: '0',
      plan,
      order: orderOf(plan),
      variants: variants.map((name) => ({ name, envFiles: [], envHash: '', injected: {} })),
      machine: { host: '', os: '', cpu: '', cores: 2, memoryBytes: 1 },
      software: unknownSoftware,
      trials: [],
      capacity: [],
      warnings: [],
      status: 'partial',
    },
    onEvent,
  );
  const runTrial: RunTrial = async (_deps, { trial: ref, hashSeed, logFile }) => {
    onTrial?.(ref);
    onEvent({ type: 'trial-started', trial: ref });
    trials.push({ ...ref, hashSeed, file: path.basename(logFile) });
    const { variant, block, position, attempt } = ref;
    const disturbed = isDisturbed(ref);
    const head = { variant, block, position, ...(attempt === undefined ? {} : { attempt }), latency: {}, disturbed };
    const used = { user: cpuSeconds(ref), system: 0 };
    return Promise.resolve(
      ref.kind === 'scenario'
        ? { kind: 'scenario', report: collectorReport(), trial: { ...anyTrial, ...head, cpuSeconds: used } }
        : { kind: 'capacity', report: collectorReport(), trial: { ...anyLoop, ...head } },
    );
  };
  const reason = await runBlocks(
    { plan, collector: { late: async () => Promise.resolve({}) } } as unknown as TrialDeps,
    keeper,
    {
      resultsFolder: folder,
      signal: trial.signal ?? new AbortController().signal,
      force: new AbortController().signal,
      onEvent,
    },
    new TimePlan(plan, now),
    runTrial,
  ).finally(() => keeper.save());
  const record = recordSchema.parse(JSON.parse(await readFile(runFolder.recordPath, 'utf8')));
  return { trials, events, reason, record };
}

describe('a block in which others took the CPU', () => {
  test('is repeated whole at once: same order, same hash seed, new positions and files', async () => {
    const ran = await run(planOf(), { isDisturbed: ({ block, attempt }) => block === 1 && attempt === undefined });
    expect(ran.trials.map(({ block, attempt = 0 }) => `${block}/${attempt}`)).toEqual(
      ['0/0', '1/0', '1/1', '2/0'].flatMap((place) => [place, place, place, place]),
    );
    expect(ran.trials.map(({ position }) => position)).toEqual(Array.from({ length: 16 }, (_, index) => index));
    expect(new Set(ran.trials.map(({ file }) => file)).size).toBe(16);
    const [first, again] = [ran.trials.slice(4, 8), ran.trials.slice(8, 12)];
    const what = ({ variant, kind, hashSeed }: (typeof first)[number]): unknown => [variant, kind, hashSeed];
    expect(again.map(what)).toEqual(first.map(what));
    expect(ran.trials.map(({ of }) => of)).toEqual([12, 12, 12, 12, 12, 12, 12, 12, 16, 16, 16, 16, 16, 16, 16, 16]);
  });

  test('is kept in both attempts, the undisturbed one counts, and the record says so', async () => {
    const { record } = await run(planOf({ capacity: null }), {
      isDisturbed: ({ block, attempt, variant }) => block === 0 && attempt === undefined && variant === variants[1],
      cpuSeconds: ({ block, attempt, variant }) =>
        block === 0 && attempt === undefined && variant === variants[1] ? 9 : 2 + 0.01 * block,
    });
    expect(record.trials.map(({ block, attempt }) => [block, attempt])).toEqual(
      [[0], [0], [0, 1], [0, 1], [1], [1], [2], [2]].map(([block, attempt]) => [block, attempt]),
    );
    const cpu = record.effects.find(({ metric, scope }) => metric === 'cpu_ms_per_request' && scope.kind === 'total');
    expect(cpu).toMatchObject({ blocks: 3 });
    expect(cpu?.ratio?.estimate).toBeCloseTo(1, 9);
    expect(record.warnings.find(({ code }) => code === 'disturbed')).toEqual({
      code: 'disturbed',
      message:
        '1 of 3 blocks was repeated because other programs or other virtual machines took the CPU; no block stayed disturbed',
      advice: 'Nothing to do: the repetitions count, and both attempts are kept.',
    });
  });

  test('may be so by a capacity trial alone', async () => {
    const ran = await run(planOf({ blocks: 3 }), {
      isDisturbed: ({ kind, block, attempt }) => kind === 'capacity' && block === 2 && attempt === undefined,
    });
    const attempts = ran.trials.map(({ attempt }) => attempt);
    expect(attempts).toEqual([...new Array<undefined>(12).fill(undefined), 1, 1, 1, 1]);
  });

  test('is repeated once, and of nine blocks at most three are: what stays disturbed is said', async () => {
    const ran = await run(planOf({ blocks: 9, capacity: null }), { isDisturbed: () => true });
    const repeated = ran.trials.filter(({ attempt }) => attempt !== undefined).map(({ block }) => block);
    expect(repeated).toEqual([0, 0, 1, 1, 2, 2]);
    expect(ran.record.warnings.find(({ code }) => code === 'disturbed')?.message).toBe(
      '3 of 9 blocks were repeated because other programs or other virtual machines took the CPU; 9 stayed disturbed',
    );
    expect([1, 3, 6, 9, 15, 60].map(mostRepeats)).toEqual([0, 2, 2, 3, 5, 20]);
  });

  test('tells estimates only when it is settled', async () => {
    const ran = await run(planOf({ blocks: 3, capacity: null }), {
      isDisturbed: ({ block, attempt }) => block === 0 && attempt === undefined,
    });
    const seen = ran.events
      .filter(({ type }) => type === 'trial-started' || type === 'estimates')
      .map(({ type }) => type);
    const block = ['trial-started', 'trial-started'];
    const settled = [...block, 'estimates'];
    expect(seen).toEqual([...block, ...settled, ...settled, ...settled]);
  });
});

describe('a comparison with --until', () => {
  const until = { halfWidth: 0.02, firstBlocks: 6 };
  const untilPlan = planOf({ blocks: 6, until, capacity: null });
  const noisy =
    (sd: number) =>
    ({ variant, block }: TrialRef): number =>
      2 * Math.exp(sd * normalDeviate(randomStream(3, 'cpu', variant, block)) + (variant === variants[1] ? 0.1 : 0));
  const half = ({ effects }: ComparisonRecord): number => {
    const interval = effects.find(({ metric }) => metric === 'cpu_ms_per_request')?.ratio?.interval95;
    return interval ? Math.sqrt(interval.high / interval.low) - 1 : NaN;
  };

  test('adds the blocks that its first stage asks for, and reaches its goal', async () => {
    const { record, trials, events } = await run(untilPlan, { cpuSeconds: noisy(0.02) });
    expect(record.plan.blocks).toBeGreaterThan(6);
    expect(record.plan.blocks).toBeLessThan(60);
    expect(trials).toHaveLength(record.plan.blocks * 2);
    expect(half(record)).toBeLessThanOrEqual(0.02);
    expect(record.plan).toMatchObject({ until, order: { length: record.plan.blocks } });
    expect(record.plan.scenario.durationSeconds).toBe(record.plan.blocks * 5);
    expect(record.plan.order.slice(0, 6)).toEqual(orderOf(untilPlan));
    const changed = events.findIndex(({ type }) => type === 'plan-changed');
    expect(events.slice(0, changed).filter(({ type }) => type === 'trial-started')).toHaveLength(12);
    expect(events[changed]).toMatchObject({
      message: `${record.plan.blocks} blocks in all: by the spread of the first 6 that many are needed for ±2 % of CPU per request`,
      plan: { blocks: record.plan.blocks },
    });
    expect(trials.map(({ blocks, of }) => [blocks, of])).toEqual(
      trials.map((_, index) => (index < 12 ? [6, 12] : [record.plan.blocks, record.plan.blocks * 2])),
    );
  });

  test('adds none when the first stage does, and says so', async () => {
    const { record, events } = await run(untilPlan, { cpuSeconds: noisy(0.005) });
    expect(record.plan.blocks).toBe(6);
    expect(record.trials).toHaveLength(12);
    expect(half(record)).toBeLessThanOrEqual(0.02);
    expect(events.find(({ type }) => type === 'plan-changed')).toMatchObject({
      message: 'No more than the 6 blocks there are: by their spread they do for ±2 % of CPU per request',
    });
  });

  test('is bounded by four hours, and says what the goal would take', async () => {
    let trialsBegun = 0;
    const { record } = await run(untilPlan, {
      cpuSeconds: noisy(0.2),
      onTrial: () => (trialsBegun += 1),
      now: () => trialsBegun * 900_000,
    });
    expect(record.plan.blocks).toBe(8);
    expect(record.warnings.find(({ code }) => code === 'until_bounded')?.message).toMatch(
      /^±2 % of CPU per request would take about [\d,]+ blocks; there are 8 \(at most 60, or 4 h\), for about ±\d+(\.\d)? %$/,
    );
  });

  test('says when later blocks spread so much more that the goal is missed', async () => {
    const { record } = await run(untilPlan, {
      cpuSeconds: (ref) => noisy(ref.block < 6 ? 0.018 : 0.3)(ref),
    });
    expect(record.plan.blocks).toBeLessThan(60);
    expect(half(record)).toBeGreaterThan(0.02);
    expect(record.warnings.find(({ code }) => code === 'until_missed')?.message).toMatch(
      /^Half of the 95 % interval of CPU per request is ±[\d.]+ % instead of ±2 %: the later blocks spread more/,
    );
  });

  test('keeps what it has when it is stopped in its second stage', async () => {
    const stop = new AbortController();
    const running = run(untilPlan, {
      cpuSeconds: noisy(0.02),
      signal: stop.signal,
      onTrial: ({ block }) => {
        if (block === 7) stop.abort(new Error('stopped'));
      },
    });
    await expect(running).rejects.toThrow('stopped');
    const [id] = await readdir(path.join(folder, 'runs'));
    const kept = recordSchema.parse(
      JSON.parse(await readFile(path.join(folder, 'runs', id ?? '', 'comparison.insights.json'), 'utf8')),
    );
    expect(kept.status).toBe('partial');
    expect(kept.trials).toHaveLength(15);
    expect(kept.plan.blocks).toBeGreaterThan(7);
  });

  test('tells no verdict while it is on', async () => {
    const { events } = await run(untilPlan, { cpuSeconds: noisy(0.02) });
    expect(JSON.stringify(events)).not.toMatch(/"(increase|decrease|equivalent|inconclusive)"|costlier|cheaper/);
  });
});
