import { assertNever } from '../../shared/assertNever';
import type { Annotation } from '../../core/history/annotations';
import type { RecordSummary, Verdict } from '../../shared/record';
import { localDate, relativeTime } from './relativeTime';

/** A past run as its row in the tree shows it. */
export interface RunRow {
  /** The verdict. */
  readonly label: string;
  readonly description: string;
  /** Name of a codicon, and of a theme colour; null: the colour of text. */
  readonly icon: string;
  readonly colour: string | null;
  /** The icon in a word. */
  readonly word: string;
  readonly accessibleLabel: string;
  /** Lines of Markdown, escaped. */
  readonly tooltip: readonly string[];
  /** `run`, then `.partial` or `.invalid`, then `.pinned`. */
  readonly contextValue: string;
}

export type SignedRun = Pick<RecordSummary, 'status' | 'purpose' | 'verdict' | 'tone'>;

export interface Sign {
  readonly icon: string;
  readonly colour: string | null;
  readonly word: string;
}

/** The row of a run: the arrow tells up from down, colour and word tell worse from better. */
export function runRow(summary: RecordSummary, annotation: Annotation, nowMs: number): RunRow {
  const { icon, colour, word } = signOf(summary);
  const { pinned = false, name = null, note = null } = annotation;
  const label = name ?? summary.label;
  const createdAt = new Date(summary.createdAt);
  const description = [
    ...(pinned ? ['pinned'] : []),
    ...(name === null ? [] : [summary.label]),
    relativeTime(createdAt.getTime(), nowMs),
    summary.target,
    summary.scenario,
    ...revision(summary),
  ].join(' · ');
  return {
    label,
    description,
    icon,
    colour,
    word,
    accessibleLabel: `${word}: ${label}, ${description}`,
    tooltip: [
      `**${escapeMarkdown(label)}** (${word})`,
      ...(note === null ? [] : [escapeMarkdown(note)]),
      ...(name === null ? [] : [escapeMarkdown(summary.label)]),
      escapeMarkdown([summary.target, summary.scenario, ...revision(summary)].join(' · ')),
      escapeMarkdown(`${localDate(createdAt)} ${createdAt.toTimeString().slice(0, 5)} · ${summary.id}`),
    ],
    contextValue: contextOf(summary, pinned),
  };
}

function contextOf({ status }: RecordSummary, isPinned: boolean): string {
  return ['run', ...(status === 'complete' ? [] : [status]), ...(isPinned ? ['pinned'] : [])].join('.');
}

/** Text that Markdown shows as it is; icons (`$(…)`) and links by themselves included. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+\-!|~$:]/g, '\\$&');
}

/** A record's state and verdict by icon, colour and word. */
export function signOf({ status, purpose, verdict, tone }: SignedRun): Sign {
  switch (status) {
    case 'partial':
      return { icon: 'circle-slash', colour: null, word: 'partial' };
    case 'invalid':
      return { icon: 'warning', colour: 'list.warningForeground', word: 'invalid' };
    case 'complete':
      return purpose === 'aa' ? { icon: 'pulse', colour: null, word: 'noise floor' } : verdictSign(verdict, tone);
    default:
      return assertNever(status);
  }
}

function verdictSign(verdict: Verdict | null, tone: RecordSummary['tone']): Sign {
  switch (verdict) {
    case 'increase':
      return { icon: 'arrow-up', ...toned('increase', tone) };
    case 'decrease':
      return { icon: 'arrow-down', ...toned('decrease', tone) };
    case 'equivalent':
      return { icon: 'check', colour: null, word: 'no difference' };
    case 'inconclusive':
      return { icon: 'question', colour: null, word: 'inconclusive' };
    case null:
      return { icon: 'dash', colour: null, word: 'not judged' };
    default:
      return assertNever(verdict);
  }
}

function toned(word: string, tone: RecordSummary['tone']): Pick<Sign, 'colour' | 'word'> {
  switch (tone) {
    case 'worse':
      return { colour: 'charts.red', word: `${word}, worse` };
    case 'better':
      return { colour: 'charts.green', word: `${word}, better` };
    case 'neutral':
    case undefined:
      return { colour: null, word };
    default:
      return assertNever(tone);
  }
}

/** `main@a1b2c3`, as far as it is known. */
function revision({ branch, commit }: RecordSummary): string[] {
  const short = commit === null ? '' : commit.slice(0, 6);
  if (branch === null) return short === '' ? [] : [short];
  return [short === '' ? branch : `${branch}@${short}`];
}
