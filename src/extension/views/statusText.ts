import type { LiveRun } from '../../shared/liveRun';
import { clockText } from '../../shared/words/clockText';

/** The run of this window in the status bar: `text` with icons, the rest plain. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly accessibleLabel: string;
}

/**
 * `$(sync~spin) Insights 3/12 · 1:42` while a run is on; then its verdict, `$(check) Insights +6.2 % CPU`. `label` is the label of the
 * last record's summary, null while it is not known.
 */
export function statusText(run: LiveRun, label: string | null): StatusText {
  return run.state === 'ended' ? endedText(run, label) : runningText(run);
}

function runningText({ state, trial, progress, comparison }: LiveRun): StatusText {
  const place = trial === null ? [] : [`${trial.position + 1}/${trial.of}`];
  const isStopping = state === 'stopping';
  const left = progress === null || isStopping ? [] : [clockText(progress.remainingSeconds)];
  const words = isStopping ? ['stopping'] : [...place, ...left];
  const what = comparison === null ? 'is starting' : `of ${comparison.plan.target} is on`;
  const tooltip = `A comparison ${what}. Click to see it.`;
  const trialWords = trial === null ? '' : `, trial ${trial.position + 1} of ${trial.of}`;
  const leftWords = left.map((time) => `, ${time} left`).join('');
  return {
    text: ['$(sync~spin) Insights', words.join(' · ')].join(' ').trim(),
    tooltip,
    accessibleLabel: isStopping
      ? 'Insights comparison is stopping'
      : `Insights comparison is running${trialWords}${leftWords}`,
  };
}

function endedText(run: LiveRun, label: string | null): StatusText {
  const { icon, words } = endedWords(run, label);
  const sentence = run.error?.message ?? run.results.at(-1)?.error?.message ?? run.results.at(-1)?.sentence;
  return {
    text: `$(${icon}) Insights ${plain(words)}`,
    tooltip: `${sentence ?? words}\nClick to see the result.`,
    accessibleLabel: `Insights comparison: ${words}`,
  };
}

/** Exit code 130: stopped by the user (contract.md). */
const stoppedExitCode = 130;

function endedWords(run: LiveRun, label: string | null): { readonly icon: string; readonly words: string } {
  const outcome = run.results.at(-1)?.outcome;
  if (run.exitCode === stoppedExitCode) return { icon: 'circle-slash', words: 'stopped' };
  if (run.error !== null || outcome === undefined || outcome === 'failed') return { icon: 'warning', words: 'failed' };
  if (outcome === 'invalid') return { icon: 'warning', words: 'invalid' };
  if (outcome === 'partial') return { icon: 'warning', words: 'partial' };
  const words = label === null ? 'done' : leadWords(label);
  return run.exitCode === 1 ? { icon: 'warning', words: `${words}, budget exceeded` } : { icon: 'check', words };
}

/** The first part of a summary's label, value first: `CPU +6.2 % · p95 ≈` is `+6.2 % CPU`. */
function leadWords(label: string): string {
  const lead = label.split(/ · | \| /)[0] ?? label;
  return lead.replace(/^(.*: )?(\S.*?) ([+−]\S.*)$/, '$1$3 $2');
}

/** A name that looks like an icon is not one. */
function plain(text: string): string {
  return text.replaceAll('$(', '$ (');
}
