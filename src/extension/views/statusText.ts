import type { LiveRun } from '../../shared/liveRun';
import type { RecordSummary } from '../../shared/record';
import { clockText } from '../../shared/words/clockText';
import { signOf } from './runRow';

/** What is shown of a record. */
export type ShownSummary = Pick<RecordSummary, 'label' | 'status' | 'purpose' | 'verdict'>;

/** The run of this window in the status bar: `text` with icons, the rest plain. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly accessibleLabel: string;
}

/**
 * `$(sync) Insights 3/12 · 1:42` while a run is on (an icon that spins is drawn again sixty times a second, for minutes); then its
 * verdict, `$(check) Insights +6.2 % CPU`. `summary` is that of the last record, null while it is not known.
 */
export function statusText(run: LiveRun, summary: ShownSummary | null): StatusText {
  return run.state === 'ended' ? endedText(run, summary) : runningText(run);
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
    text: ['$(sync) Insights', words.join(' · ')].join(' ').trim(),
    tooltip,
    accessibleLabel: isStopping
      ? 'Insights comparison is stopping'
      : `Insights comparison is running${trialWords}${leftWords}`,
  };
}

function endedText(run: LiveRun, summary: ShownSummary | null): StatusText {
  const { icon, words } = endedWords(run, summary);
  const sentence = run.error?.message ?? run.results.at(-1)?.error?.message ?? run.results.at(-1)?.sentence;
  return {
    text: `$(${icon}) Insights ${plain(words)}`,
    tooltip: `${sentence ?? words}\nClick to see the result.`,
    accessibleLabel: `Insights comparison: ${words}`,
  };
}

/** Exit code 130: stopped by the user (contract.md). */
const stoppedExitCode = 130;

function endedWords(run: LiveRun, summary: ShownSummary | null): { readonly icon: string; readonly words: string } {
  const outcome = run.results.at(-1)?.outcome;
  if (run.exitCode === stoppedExitCode) return { icon: 'circle-slash', words: 'stopped' };
  if (run.error !== null || outcome === undefined || outcome === 'failed') return { icon: 'warning', words: 'failed' };
  if (outcome === 'invalid') return { icon: 'warning', words: 'invalid' };
  if (outcome === 'partial') return { icon: 'warning', words: 'partial' };
  const words = summary === null ? 'done' : leadWords(summary.label);
  if (run.exitCode === 1) return { icon: 'warning', words: `${words}, budget exceeded` };
  return { icon: summary === null ? 'graph-line' : verdictIcon(summary), words };
}

/** A check mark stands beside what was settled, whichever way; else the sign of the list of runs. */
function verdictIcon(summary: ShownSummary): string {
  const isSettled = summary.verdict === 'increase' || summary.verdict === 'decrease';
  return isSettled && summary.purpose === 'comparison' ? 'check' : signOf(summary).icon;
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
