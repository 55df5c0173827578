import type { LiveRun, TargetResult } from '../../shared/liveRun';
import { exitCodes } from '../../shared/userError';

/** What is told when a run has ended. `none`: the user ended it, and knows. */
export type FinishText =
  | { readonly kind: 'none' }
  | { readonly kind: 'result'; readonly message: string }
  | { readonly kind: 'problem'; readonly message: string; readonly hasRecord: boolean };

/** The sentence of a result; of a failure what went wrong, and the fix. */
export function finishText({ exitCode, error, results }: LiveRun): FinishText {
  if (exitCode === exitCodes.stopped) return { kind: 'none' };
  const problem = error ?? results.find((result) => result.error !== null)?.error ?? null;
  const hasRecord = results.some(({ recordPath }) => recordPath !== null);
  if (problem !== null) return { kind: 'problem', message: sentences([problem.message, hintOf(problem)]), hasRecord };
  if (results.some(({ outcome }) => outcome !== 'complete')) {
    return { kind: 'problem', message: sentences(results.map((result) => resultText(result, results))), hasRecord };
  }
  if (results.length === 0) return { kind: 'none' };
  return { kind: 'result', message: sentences(results.map((result) => resultText(result, results))) };
}

/** With several targets each is named. */
function resultText({ target, sentence, outcome }: TargetResult, all: readonly TargetResult[]): string {
  const text = sentence ?? (outcome === 'complete' ? 'The comparison is done' : `The comparison is ${outcome}`);
  return all.length > 1 && target !== null ? `${target}: ${text}` : text;
}

/** The hint of a bug is its stack, which belongs into the log. */
function hintOf({ hint }: { readonly hint: string | null }): string {
  return hint === null ? '' : hint.includes('\n') ? 'The log says more.' : hint;
}

function sentences(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
    .join(' ');
}
