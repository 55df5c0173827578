import { emptyLiveRun, type LiveRun, type TargetResult } from '../../shared/liveRun';
import type { PlanSummary } from '../../shared/record';

const plan: PlanSummary = {
  target: 'flask',
  command: ['python'],
  scenario: {
    name: 'quick',
    behaviour: 'WebAppUser',
    load: { type: 'rate', ratePerSecond: 40, arrivals: 'even' },
    durationSeconds: 30,
  },
  seed: 1,
  blocks: 3,
  trialSeconds: 10,
  warmupSeconds: 3,
  capacity: null,
  endpoint: 'local',
  purpose: 'comparison',
  companions: [],
  resets: [],
  forced: false,
  repeatCommand: 'insights-comparison run . quick',
  order: [],
};

/** A run in the middle of its third trial of twelve. */
export function testLiveRun(overrides: Partial<LiveRun> = {}): LiveRun {
  return {
    ...emptyLiveRun,
    startedAtMs: 0,
    state: 'running',
    targets: ['flask'],
    comparison: { id: '1', folder: '/r/runs/1', plan, variants: ['without_insights', 'with_insights'] },
    trial: { position: 2, of: 12, block: 0, blocks: 3, variant: 'with_insights', kind: 'scenario' },
    phase: { name: 'measuring', seconds: 10, startedAtMs: 0 },
    progress: { atMs: 0, elapsedSeconds: 30, remainingSeconds: 102, fraction: 0.2 },
    ...overrides,
  };
}

/** How a target of it ended. */
export function testResult(overrides: Partial<TargetResult> = {}): TargetResult {
  return {
    target: 'flask',
    id: '1',
    outcome: 'complete',
    recordPath: '/r/runs/1/comparison.insights.json',
    sentence: 'Insights costs +0.31 ms CPU per request (+6.2 %).',
    error: null,
    ...overrides,
  };
}
