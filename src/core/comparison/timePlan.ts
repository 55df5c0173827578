import type { TrialKind } from '../../shared/events';
import type { Plan } from '../../shared/plan';

/** What a start and a stop take before any was seen. */
const guessedOverheadSeconds = 4;

/** Seconds that the load of one trial of a kind takes: ramp, warm-up, window. */
export function loadSeconds(plan: Plan, kind: TrialKind): number {
  if (kind === 'capacity') return plan.capacity ? plan.capacity.warmupSeconds + plan.capacity.durationSeconds : 0;
  const { load } = plan.scenario;
  const ramp = load.type === 'users' ? (load.users - 1) / load.spawnRatePerSecond : 0;
  return ramp + plan.warmupSeconds + plan.trialSeconds;
}

/**
 * Time left for a whole plan: the loads are known, start and stop are learnt from the trials that have ended.
 */
export class TimePlan {
  private overheadSeconds: number[] = [];
  private readonly startedAtMs: number;

  constructor(
    private readonly plan: Plan,
    private readonly now: () => number,
  ) {
    this.startedAtMs = now();
  }

  /** `seconds` the trial took in all. */
  trialTook(kind: TrialKind, seconds: number): void {
    this.overheadSeconds.push(Math.max(0, seconds - loadSeconds(this.plan, kind)));
  }

  /** Seconds that the trials of these kinds will take. */
  estimate(kinds: readonly TrialKind[]): number {
    return kinds.reduce((sum, kind) => sum + loadSeconds(this.plan, kind) + this.overhead(), 0);
  }

  elapsedSeconds(): number {
    return (this.now() - this.startedAtMs) / 1000;
  }

  private overhead(): number {
    const seen = this.overheadSeconds;
    return seen.length === 0 ? guessedOverheadSeconds : seen.reduce((sum, seconds) => sum + seconds, 0) / seen.length;
  }
}
