import { UserError } from '../../shared/userError';

/** Insights flushes every 5 s: a window that is no multiple of it gains or loses a flush. */
const flushSeconds = 5;

export interface ScheduleRequest {
  /** What the user asked for; undefined: nothing. */
  readonly durationSeconds: number | undefined;
  readonly blocks: number | undefined;
  readonly trialSeconds: number | undefined;
  /** What stands in: the scenario's measured time per variant, and the trial's length. */
  readonly scenarioDurationSeconds: number;
  readonly usualTrialSeconds: number;
}

export interface Schedule {
  readonly blocks: number;
  readonly trialSeconds: number;
  /** Measured time per variant: blocks × trialSeconds. */
  readonly durationSeconds: number;
  /** Said to the user when the trial's length is not what was asked for. */
  readonly note: string | null;
}

/**
 * Measured time per variant = blocks × trial. Any two fix the third; with one or none, the scenario's duration and the usual trial stand in
 * (blocks alone keep the usual trial). Trials are rounded up to whole flushes of 5 s.
 */
export function resolveSchedule(request: ScheduleRequest): Schedule {
  const { durationSeconds, blocks, trialSeconds } = request;
  if (
    durationSeconds !== undefined &&
    blocks !== undefined &&
    trialSeconds !== undefined &&
    durationSeconds !== blocks * trialSeconds
  ) {
    throw new UserError(
      'usage',
      `--duration ${durationSeconds}s is not --blocks ${blocks} × --trial ${trialSeconds}s`,
      {
        hint: 'Give any two of the three: they fix the third.',
      },
    );
  }
  const wanted =
    trialSeconds ??
    (durationSeconds !== undefined && blocks !== undefined ? durationSeconds / blocks : request.usualTrialSeconds);
  const rounded = Math.ceil(wanted / flushSeconds - 1e-9) * flushSeconds;
  const count = blocks ?? Math.max(1, Math.ceil((durationSeconds ?? request.scenarioDurationSeconds) / rounded - 1e-9));
  const note =
    Math.abs(rounded - wanted) > 1e-9
      ? `Trials last ${rounded} s instead of ${Number(wanted.toFixed(2))} s: a multiple of Insights' 5-s flush`
      : null;
  return { blocks: count, trialSeconds: rounded, durationSeconds: count * rounded, note };
}
