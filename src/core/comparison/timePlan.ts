import { expectedExitSeconds, knownExitSeconds } from '../../shared/outageScale';
import type { Plan } from '../../shared/plan';
import { guessedOverheadSeconds, loadSeconds } from '../../shared/planSeconds';
import type { PlannedTrial } from './drawOrder';

/**
 * Time left for a whole plan: the loads are known, and so is what an outage adds to the exit; start and stop are learnt from the trials
 * that have ended.
 */
export class TimePlan {
  private overheadSeconds: number[] = [];
  /** Variants whose exit in an outage has been waited for in full. */
  private readonly measuredExits = new Set<string>();
  private readonly startedAtMs: number;

  constructor(
    private readonly plan: Plan,
    private readonly now: () => number,
  ) {
    this.startedAtMs = now();
  }

  /** `seconds` the trial took in all. */
  trialTook(trial: PlannedTrial, seconds: number): void {
    const exitSeconds = this.exitSeconds(trial, this.measuredExits);
    this.overheadSeconds.push(Math.max(0, seconds - loadSeconds(this.plan, trial.kind) - exitSeconds));
  }

  /** Seconds that these trials will take, one after the other. */
  estimate(trials: readonly PlannedTrial[]): number {
    const measured = new Set(this.measuredExits);
    return trials.reduce(
      (sum, trial) => sum + loadSeconds(this.plan, trial.kind) + this.overhead() + this.exitSeconds(trial, measured),
      0,
    );
  }

  elapsedSeconds(): number {
    return (this.now() - this.startedAtMs) / 1000;
  }

  /** What an outage adds to the exit of a trial; those waited for in full are added to `measured`. */
  private exitSeconds({ variant: name, kind }: PlannedTrial, measured: Set<string>): number {
    const variant = this.plan.variants.find((candidate) => candidate.name === name);
    if (!variant) return 0;
    if (kind === 'capacity' || measured.has(name)) return knownExitSeconds(this.plan, variant);
    measured.add(name);
    return expectedExitSeconds(this.plan, variant);
  }

  private overhead(): number {
    const seen = this.overheadSeconds;
    return seen.length === 0 ? guessedOverheadSeconds : seen.reduce((sum, seconds) => sum + seconds, 0) / seen.length;
  }
}
