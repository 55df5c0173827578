import type { RunEvent, RunEventBody, RunningEstimate, Sample, TrialRef } from '../../src/shared/events';
import { randomStream } from '../../src/shared/random';
import type { PlanSummary } from '../../src/shared/record';
import { syntheticPlan, syntheticVariants, syntheticVerification } from '../fixtures/syntheticTrials';

const startAtMs = Date.UTC(2026, 6, 1, 9, 30);
/** Reset and start; drain, stop and verify. */
const secondsBefore = 2;
const secondsAfter = 2;

export interface FeedOptions {
  readonly plan?: PlanSummary;
  readonly variants?: readonly string[];
}

/** All events of a run of one target that goes well, a second of the run per sample, as the engine sends them. */
export function syntheticFeed(options: FeedOptions = {}): RunEvent[] {
  const { plan = syntheticPlan(), variants = syntheticVariants } = options;
  const clock = { atMs: startAtMs };
  return [
    { type: 'run-started', targets: [plan.target], estimatedSeconds: 720, atMs: clock.atMs },
    ...comparisonFeed(plan, variants, clock),
    { type: 'run-finished', exitCode: 0, atMs: clock.atMs },
  ];
}

/** The events before the first that `isIt`. */
export function feedUntil(feed: readonly RunEvent[], isIt: (event: RunEvent) => boolean): RunEvent[] {
  const index = feed.findIndex(isIt);
  if (index < 0) throw new Error('The feed has no such event.');
  return feed.slice(0, index);
}

/** Tells the sample of a second of a trial from every other event. */
export function isSample(position: number, second: number): (event: RunEvent) => boolean {
  return (event) =>
    event.type === 'sample' && event.trial.position === position && Math.floor(event.sample.atSeconds) === second;
}

export function comparisonFeed(plan: PlanSummary, variants: readonly string[], clock: { atMs: number }): RunEvent[] {
  const events: RunEvent[] = [];
  const emit = (body: RunEventBody): void => {
    events.push({ ...body, atMs: clock.atMs });
  };
  const order = plan.order.flatMap((block, index) => block.map((trial) => ({ ...trial, block: index })));
  const whole = order.reduce((sum, { kind }) => sum + trialSeconds(plan, kind), 0);
  let elapsedSeconds = 0;
  const tick = (): void => {
    clock.atMs += 1000;
    elapsedSeconds += 1;
    const remainingSeconds = Math.max(0, whole - elapsedSeconds);
    emit({ type: 'progress', elapsedSeconds, remainingSeconds, fraction: Math.min(1, elapsedSeconds / whole) });
  };
  const id = `2026-07-01T09-30-00Z-${plan.target}`;
  emit({ type: 'comparison-started', id, folder: `/runs/${id}`, plan, variants, estimatedSeconds: whole });
  for (const check of variants) {
    emit({ type: 'preflight', check, state: 'running', message: `Trying ${check}: start, every endpoint once, stop` });
    clock.atMs += 3000;
    const message = `${check}: every endpoint answers, ${check === variants[0] ? 'no event' : '6 events'} arrived`;
    emit({ type: 'preflight', check, state: 'ok', message });
  }
  for (const [position, { variant, kind, block }] of order.entries()) {
    const trial: TrialRef = { position, of: order.length, block, blocks: plan.blocks, variant, kind };
    playTrial({ trial, plan, isCandidate: variant !== variants[0] }, emit, tick);
    if (order[position + 1]?.block !== block) emit({ type: 'estimates', estimates: estimates(variants, block + 1) });
  }
  emit({
    type: 'comparison-finished',
    id,
    outcome: 'complete',
    exitCode: 0,
    recordPath: `/runs/${id}/comparison.insights.json`,
    reportPaths: [],
    sentence: 'Insights costs +0.31 ms CPU per request (+6.2 %; 98.75 % CI +4.9 to +7.5)',
  });
  return events;
}

interface Played {
  readonly trial: TrialRef;
  readonly plan: PlanSummary;
  readonly isCandidate: boolean;
}

function playTrial(played: Played, emit: (body: RunEventBody) => void, tick: () => void): void {
  const { trial, plan } = played;
  emit({ type: 'trial-started', trial });
  emit({ type: 'phase', trial, phase: 'resetting', seconds: null });
  tick();
  emit({ type: 'phase', trial, phase: 'starting', seconds: null });
  emit({ type: 'log', source: plan.target, line: `[INFO] Booting worker with pid: ${4100 + trial.position}` });
  tick();
  emit({ type: 'phase', trial, phase: 'warming', seconds: null });
  const { before, measured } = loadLengths(plan, trial.kind);
  let requests = 0;
  for (let second = 0; second < before + measured; second += 1) {
    if (second === before) emit({ type: 'phase', trial, phase: 'measuring', seconds: measured });
    const sample = syntheticSample(played, second, second < before ? (second + 1) / before : 1);
    if (second >= before) requests += sample.requests;
    tick();
    emit({ type: 'sample', trial, sample: { ...sample, phase: second < before ? 'warming' : 'measuring' } });
  }
  emit({ type: 'phase', trial, phase: 'draining', seconds: null });
  emit({ type: 'phase', trial, phase: 'stopping', seconds: null });
  for (let second = 1; second <= secondsAfter; second += 1) {
    tick();
    emit({ type: 'exit-wait', process: plan.target, elapsedSeconds: second, limitSeconds: 130 });
  }
  emit({ type: 'phase', trial, phase: 'verifying', seconds: null });
  emit({ type: 'phase', trial, phase: 'done', seconds: null });
  const verification = syntheticVerification(trial.variant, requests);
  const exit = { code: 0, signal: null, forced: false };
  emit({ type: 'trial-finished', trial, requests, failures: 0, verification, exit });
}

function loadLengths(
  plan: PlanSummary,
  kind: TrialRef['kind'],
): { readonly before: number; readonly measured: number } {
  if (kind === 'capacity')
    return { before: plan.capacity?.warmupSeconds ?? 0, measured: plan.capacity?.durationSeconds ?? 0 };
  const { load } = plan.scenario;
  const ramp = load.type === 'users' ? Math.ceil((load.users - 1) / load.spawnRatePerSecond) : 0;
  return { before: ramp + plan.warmupSeconds, measured: plan.trialSeconds };
}

function trialSeconds(plan: PlanSummary, kind: TrialRef['kind']): number {
  const { before, measured } = loadLengths(plan, kind);
  return secondsBefore + before + measured + secondsAfter;
}

/** `share` of the load that is on already. */
function syntheticSample({ trial, isCandidate }: Played, second: number, share: number): Omit<Sample, 'phase'> {
  const random = randomStream(11, trial.kind, trial.variant, trial.block, second);
  const cost = isCandidate ? 1.07 : 1;
  const noise = (size: number): number => 1 + size * (random.next() - 0.5);
  const isBusy = trial.kind === 'capacity';
  const p50 = (isBusy ? 21 : 3.4) * cost * noise(0.15);
  const rps = isBusy ? 720 / cost : 20 * share;
  return {
    atSeconds: second,
    users: isBusy ? 16 : Math.round(10 * share),
    requests: Math.round(rps * noise(isBusy ? 0.08 : 0.5)),
    failures: 0,
    latencyP50Ms: p50,
    latencyP95Ms: p50 * (2 + 0.8 * random.next()),
    latencyP99Ms: p50 * (3.1 + 1.4 * random.next()),
    latencyMeanMs: p50 * 1.25,
    cpuCores: (isBusy ? 0.97 : 0.1 * share * cost) * noise(0.1),
    rssBytes: 80e6 + (isCandidate ? 2.6e6 : 0) + 90_000 * second,
    threads: isCandidate ? 10 : 9,
    fds: 18,
    systemCpuCores: 0.34,
    systemMemoryBytes: 1.9e9,
    companions: {},
  };
}

function estimates([, ...candidates]: readonly string[], blocks: number): RunningEstimate[] {
  const half = (size: number): number => size * (1.6 / Math.sqrt(blocks));
  return candidates.flatMap((candidate) =>
    (
      [
        ['cpu_ms_per_request', 0.31, 1.062, 0.14],
        ['latency_mean_ms', 0.36, 1.08, 0.3],
        ['capacity_rps', -92.4, 0.87, 18],
        ['capacity_cpu_ms_per_request', 0.2, 1.15, 0.05],
      ] as const
    ).map(([metric, difference, ratio, size]) => ({
      metric,
      candidate,
      blocks,
      difference,
      ratio,
      low: blocks < 3 ? null : difference - half(size),
      high: blocks < 3 ? null : difference + half(size),
    })),
  );
}
