import type { CapacityTrial, Trial, Warning } from '../../shared/record';

/** Above this share of its core the generator may slow the load it makes. */
const busyGeneratorShare = 0.7;
/** More than this share of the intended requests late or missing: the load was not what was asked for. */
const behindShare = 0.02;
const slowLoopMs = 20;

/** What the load generator's own figures say against trusting the trials: was it short of CPU, late, or the limit itself? */
export function generatorWarnings(trials: readonly Trial[], capacity: readonly CapacityTrial[]): Warning[] {
  const behind = behindSchedule(trials);
  return [
    generatorBusy(trials),
    behind,
    // Said already by the requests that left late.
    behind?.code === 'generator_behind' ? null : generatorDelayed(trials),
    workersLeft(trials),
    capacityByGenerator(capacity),
  ].filter((warning) => warning !== null);
}

function workersLeft(trials: readonly Trial[]): Warning | null {
  const short = trials.filter(({ generator }) => (generator.workersLeft ?? 0) > 0);
  if (short.length === 0) return null;
  return {
    code: 'worker_left',
    message: `A Locust worker ended during ${short.length} of ${trials.length} trials: their load was less than what was asked for, and their blocks were repeated as far as that is allowed`,
    advice: 'Look at what ended it: memory, a limit of the machine, or the Locust file itself.',
  };
}

function generatorBusy(trials: readonly Trial[]): Warning | null {
  // A trial that was stopped before its window has no duration.
  const shares = trials
    .filter(({ durationSeconds }) => durationSeconds > 0)
    .map(
      ({ generator, durationSeconds }) => generator.cpuSeconds / durationSeconds / Math.max(1, generator.workers ?? 1),
    );
  const busy = shares.filter((share) => share > busyGeneratorShare);
  if (busy.length === 0) return null;
  return {
    code: 'generator_busy',
    message: `The load generator used up to ${percent(Math.max(...busy), 0)} of a core (more than ${percent(busyGeneratorShare, 0)} in ${busy.length} of ${trials.length} trials): latencies may include its own delays`,
    advice: 'Use fewer users or a lower rate.',
  };
}

interface Lateness {
  /** Share of the requests due in the window that left late, or never. */
  readonly share: number;
  /** Share of them that the generator itself was late with; null in records that do not say. */
  readonly byGeneratorShare: number | null;
}

function behindSchedule(trials: readonly Trial[]): Warning | null {
  const [worst] = trials.map(latenessOf).sort((a, b) => b.share - a.share);
  if (worst === undefined || worst.share <= behindShare) return null;
  const late = `Up to ${percent(worst.share, 1)} of the requests left late`;
  if (worst.byGeneratorShare === null) {
    return {
      code: 'behind_schedule',
      message: `${late}: the app or this machine could not keep up`,
      advice: 'Use fewer users or a lower rate, or look at capacity_rps for what the app can serve.',
    };
  }
  if (worst.byGeneratorShare * 2 > worst.share) {
    return {
      code: 'generator_behind',
      message: `${late} because the load generator was held up: this machine had no CPU for it, and high percentiles may include its delays`,
      advice: 'Close other programs, or use fewer users or a lower rate.',
    };
  }
  return {
    code: 'behind_schedule',
    message: `${late} because the app still owed earlier answers: it could not keep up with this load`,
    advice: 'Use fewer users or a lower rate; capacity_rps says what the app can serve.',
  };
}

function latenessOf({ generator }: Trial): Lateness {
  const { intendedRate, achievedRate, lateByGeneratorRate } = generator;
  if (intendedRate <= 0) return { share: 0, byGeneratorShare: null };
  return {
    share: 1 - achievedRate / intendedRate,
    byGeneratorShare: lateByGeneratorRate === undefined ? null : lateByGeneratorRate / intendedRate,
  };
}

function generatorDelayed(trials: readonly Trial[]): Warning | null {
  const slowestMs = Math.max(0, ...trials.map(({ generator }) => generator.loopDelayP99Ms));
  if (slowestMs <= slowLoopMs) return null;
  return {
    code: 'generator_delayed',
    message: `The load generator was held up for ${Math.round(slowestMs)} ms at times: high percentiles may include it`,
    advice: 'Close other programs, and judge by the mean and the median.',
  };
}

function capacityByGenerator(capacity: readonly CapacityTrial[]): Warning | null {
  const limited = capacity.filter(({ bottleneck }) => bottleneck === 'generator');
  if (limited.length === 0) return null;
  return {
    code: 'capacity_by_generator',
    message: `In ${limited.length} of ${capacity.length} capacity trials the load generator was at its limit, not the app: requests per second say little`,
    advice: 'Judge by CPU per request when busy.',
  };
}

function percent(share: number, decimals: number): string {
  return `${(share * 100).toFixed(decimals)} %`;
}
