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

/** Seconds that a whole plan will take, before anything was started: an outage variant's exit is waited for in full once. */
export function estimatePlanSeconds(plan: Plan): number {
  const kinds: readonly TrialKind[] = plan.capacity === null ? ['scenario'] : ['scenario', 'capacity'];
  const block = kinds.reduce((sum, kind) => sum + loadSeconds(plan, kind) + guessedOverheadSeconds, 0);
  const exits = plan.variants.map(
    (variant) =>
      expectedExitSeconds(plan, variant) + (kinds.length * plan.blocks - 1) * knownExitSeconds(plan, variant),
  );
  return exits.reduce((sum, seconds) => sum + seconds, block * plan.variants.length * plan.blocks);
}
