import type { TrialKind } from '../../shared/events';
import type { Plan } from '../../shared/plan';
import { guessedOverheadSeconds, loadSeconds } from '../../shared/planSeconds';

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
