import type { PlanSummary } from '../record';

/** Resetting, starting, draining, stopping and verifying, as they are seen with small apps: only for advice in words. */
const overheadSeconds = 6;

/** About how long one more block of this plan takes, in seconds. */
export function secondsPerBlock(plan: PlanSummary): number {
  const scenario = plan.warmupSeconds + plan.trialSeconds + overheadSeconds;
  const capacity = plan.capacity ? plan.capacity.warmupSeconds + plan.capacity.durationSeconds + overheadSeconds : 0;
  const order = plan.order[0] ?? [];
  return order.reduce((sum, { kind }) => sum + (kind === 'scenario' ? scenario : capacity), 0);
}
