import type { RunEvent, RunEventBody, Sample, TrialRef } from '../../shared/events';
import type { PlanSummary, Verification } from '../../shared/record';

export const verified: Verification = {
  expected: 100,
  received: 100,
  missing: 0,
  dropped: 0,
  duplicates: 0,
  notices: 0,
  eventsByType: {},
  batches: 1,
  bytes: 0,
  noticeBytes: 0,
  largestBatchBytes: 0,
  ok: true,
};

export const trial: TrialRef = { position: 1, of: 24, block: 0, blocks: 6, variant: 'with_insights', kind: 'scenario' };

export function sample(change: Partial<Sample> = {}): Sample {
  return {
    atSeconds: 3,
    phase: 'measuring',
    users: 10,
    requests: 25,
    failures: 0,
    latencyP50Ms: 4,
    latencyP95Ms: 11.2,
    latencyP99Ms: 20,
    latencyMeanMs: 5,
    cpuCores: 0.1,
    rssBytes: 8e7,
    threads: 9,
    fds: 18,
    systemCpuCores: 0.4,
    systemMemoryBytes: 1e9,
    companions: {},
    ...change,
  };
}

/** The events of one trial and the end of the run, a second apart, for renderers under test. */
export function runEvents(plan: PlanSummary, more: readonly RunEventBody[] = []): RunEvent[] {
  const bodies: RunEventBody[] = [
    { type: 'run-started', targets: [plan.target], estimatedSeconds: 300 },
    {
      type: 'comparison-started',
      id: 'x',
      folder: '/runs/x',
      plan,
      variants: ['without_insights', 'with_insights'],
      estimatedSeconds: 300,
    },
    { type: 'preflight', check: 'port', state: 'ok', message: '5000 is free' },
    { type: 'trial-started', trial },
    { type: 'phase', trial, phase: 'starting', seconds: null },
    { type: 'phase', trial, phase: 'measuring', seconds: 20 },
    { type: 'sample', trial, sample: sample() },
    { type: 'progress', elapsedSeconds: 60, remainingSeconds: 240, fraction: 0.2 },
    ...more,
    {
      type: 'trial-finished',
      trial,
      requests: 500,
      failures: 0,
      verification: verified,
      exit: { code: 0, signal: null, forced: false },
    },
    { type: 'run-finished', exitCode: 0 },
  ];
  return bodies.map((body, index) => ({ atMs: 1_000 * index, ...body }));
}
