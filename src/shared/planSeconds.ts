import type { TrialKind } from './events';
import { expectedExitSeconds, knownExitSeconds } from './outageScale';
import type { Plan } from './plan';
import type { Load } from './scenario';

/** What a start and a stop take together before any was seen. */
export const guessedOverheadSeconds = 4;

/** What a plan and its summary both know of the load. */
interface LoadPlan {
  readonly scenario: { readonly load: Load };
  readonly warmupSeconds: number;
  readonly trialSeconds: number;
  readonly capacity: { readonly warmupSeconds: number; readonly durationSeconds: number } | null;
}

/** Seconds that the load of one trial of a kind takes: ramp, warm-up, window. */
export function loadSeconds(plan: LoadPlan, kind: TrialKind): number {
  const window = kind === 'capacity' ? (plan.capacity?.durationSeconds ?? 0) : plan.trialSeconds;
  return rampAndWarmupSeconds(plan, kind) + window;
}

/** Of these, those before the window: ramp and warm-up. */
export function rampAndWarmupSeconds(plan: LoadPlan, kind: TrialKind): number {
  if (kind === 'capacity') return plan.capacity?.warmupSeconds ?? 0;
  const { load } = plan.scenario;
  const ramp = load.type === 'users' ? (load.users - 1) / load.spawnRatePerSecond : 0;
  return ramp + plan.warmupSeconds;
}

/** Seconds that a whole plan will take, before anything was started, with a Honeybadger that is well. */
export function healthyPlanSeconds(
  plan: LoadPlan & { readonly variants: readonly unknown[]; readonly blocks: number },
): number {
  const seconds = kindsOf(plan).map((kind) => loadSeconds(plan, kind) + guessedOverheadSeconds);
  return seconds.reduce((sum, each) => sum + each, 0) * plan.variants.length * plan.blocks;
}

/** The same, and what outages add to the exits: of a variant it is waited for in full once. */
export function estimatePlanSeconds(plan: Plan): number {
  const later = kindsOf(plan).length * plan.blocks - 1;
  return plan.variants.reduce(
    (sum, variant) => sum + expectedExitSeconds(plan, variant) + later * knownExitSeconds(plan, variant),
    healthyPlanSeconds(plan),
  );
}

function kindsOf(plan: LoadPlan): readonly TrialKind[] {
  return plan.capacity === null ? ['scenario'] : ['scenario', 'capacity'];
}
