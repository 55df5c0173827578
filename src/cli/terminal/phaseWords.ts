import type { TrialPhase, TrialRef } from '../../shared/events';

/** What a trial is doing, as people read it. */
export const phaseWords: Readonly<Record<TrialPhase, string>> = {
  resetting: 'fresh state',
  starting: 'starting',
  warming: 'warming up',
  measuring: 'measuring',
  draining: 'waiting for the last events',
  stopping: 'stopping',
  verifying: 'verifying',
  done: 'done',
};

/** `block 2/6 · with_insights · capacity`: which trial is meant. Blocks are counted from 1. */
export function trialName(trial: TrialRef): string {
  const kind = trial.kind === 'capacity' ? ' · capacity' : '';
  return `block ${trial.block + 1}/${trial.blocks} · ${trial.variant}${kind}`;
}

/** `1:42`, `12:05`, `1:02:03`: a time left or gone. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
