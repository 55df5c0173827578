import { withWordInterval } from '../../shared/effects/frontInterval';
import { isMetricName, metricNamed, type Metric } from '../../shared/metrics';
import { healthyName, outageWords } from '../../shared/outage';
import type { ComparisonRecord, Effect } from '../../shared/record';
import { commonChangeScale, relativeChange, type ChangeScale } from '../../shared/relativeChange';
import { adjustmentSentence } from '../../shared/words/adjustmentWords';
import { effectSize, isSmallerThanMatters, verdictTone, verdictWord } from '../../shared/words/effectWords';
import { formatNumber, formatQuantity } from '../../shared/words/formatNumber';
import { candidatesOf, outageOf } from '../../shared/words/leadEffects';
import { noiseLine } from '../../shared/words/noiseWords';
import { budgetLines } from './budgetLines';
import { createColours, type Colours } from './colours';
import { displayWidth, padToWidth, truncateToWidth, withoutControls, wrapToWidth } from './displayWidth';
import { resolutionLines } from './resolutionLines';
import { stepLines } from './stepLines';
import type { TableLayout } from './tableLayout';
import { textBar } from './textBar';

export interface ClosingOptions {
  /** Of the terminal; the table takes 80 at most and shrinks to 50. */
  readonly columns: number;
  readonly hasColour: boolean;
  /** False draws bars and signs with ASCII. */
  readonly hasUnicode: boolean;
  readonly recordPath: string | null;
  readonly reportPaths: readonly string[];
}

/** Beside the headline metrics, by the number of candidates: a table of many must still be read. */
const secondaryRows = [10, 5, 2] as const;

/**
 * What a run leaves on stdout: the sentence, the effects of each candidate with interval bars, warnings, budgets, where
 * everything is, and the command that repeats it. No line of the table is wider than 80 columns; a path is never cut.
 */
export function closingTable(record: ComparisonRecord, options: ClosingOptions): string {
  const layout = layoutFor(options);
  const { colours, width } = layout;
  const effects = record.effects.filter((effect) => isMetricName(effect.metric) && effect.scope.kind === 'total');
  const lines = [
    ...wrapToWidth(withoutControls(ended(record.sentence)), width).map((line) => colours.bold(line)),
    ...candidatesOf(record).flatMap((candidate) =>
      candidateLines(
        record,
        effects.filter((effect) => effect.candidate === candidate),
        candidate,
        layout,
      ),
    ),
    ...stepLines(record, layout),
    ...noiseLines(record, layout),
    ...resolutionLines(record, layout),
    ...budgetLines(record, layout),
    ...warningLines(record, layout),
    '',
    ...(options.recordPath === null ? [] : [`Record  ${options.recordPath}`]),
    ...options.reportPaths.map((path, index) => `${index === 0 ? 'Reports' : '       '} ${path}`),
    `Repeat  ${withoutControls(record.plan.repeatCommand)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether a terminal's encoding holds the signs of the bars: by the locale, as other tools have it. */
export function hasUnicodeTerminal(env: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (platform === 'win32') return env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] === 'vscode';
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) && env['TERM'] !== 'linux';
}

function layoutFor({ columns, hasColour, hasUnicode }: ClosingOptions): TableLayout {
  const width = Math.min(80, Math.max(50, columns));
  return {
    width,
    value: 16,
    // `≈ within ±0.1 points`.
    word: 20,
    bar: width >= 70 ? 21 : 0,
    colours: createColours(hasColour),
    hasUnicode,
  };
}

function candidateLines(
  record: ComparisonRecord,
  all: readonly Effect[],
  candidate: string,
  layout: TableLayout,
): string[] {
  const headline = record.headline.flatMap((metric) => all.filter((effect) => effect.metric === metric));
  const secondary = all
    .filter((effect) => effect.family === 'secondary' && !headline.includes(effect))
    .sort(byInterest);
  const shown = secondary.filter(isWorthALine).slice(0, secondaryRows[candidatesOf(record).length - 1] ?? 2);
  const rows = [...headline, ...shown];
  if (rows.length === 0) return [];
  const scale = commonChangeScale(rows.map(withWordInterval));
  const baseline = record.variants[0]?.name ?? '';
  const left = secondary.length - shown.length;
  return [
    '',
    ...outageLine(record, candidate, layout),
    layout.colours.dim(headLine(withoutControls(baseline), columnName(record, candidate), layout)),
    ...rows.flatMap((effect) => effectLines(effect, scale, layout)),
    layout.colours.dim(scaleLine(scale, layout)),
    ...wrapToWidth(adjustmentSentence(record, candidate) ?? '', layout.width)
      .filter((line) => line !== '')
      .map(layout.colours.dim),
    ...(left === 0 ? [] : [layout.colours.dim(`${left} more metrics are in the report.`)]),
  ];
}

/** Which outage a table is about: its variants' names all begin alike, and a column is narrow. */
function outageLine(record: ComparisonRecord, candidate: string, { width }: TableLayout): string[] {
  const outage = outageOf(record, candidate);
  return outage === undefined
    ? []
    : [truncateToWidth(`While ${outageWords(outage)} (${withoutControls(candidate)}):`, width)];
}

function columnName(record: ComparisonRecord, candidate: string): string {
  const outage = outageOf(record, candidate);
  const isNamedByUs = outage !== undefined && healthyName(candidate, outage) !== candidate;
  return isNamedByUs ? `outage ${outage}` : withoutControls(candidate);
}

function headLine(baseline: string, candidate: string, layout: TableLayout): string {
  return layout.bar === 0
    ? truncateToWidth(`  ${baseline} ${arrow(layout)} ${candidate}`, layout.width)
    : cells(['', baseline, candidate, ''], layout);
}

function arrow({ hasUnicode }: TableLayout): string {
  return hasUnicode ? '→' : '->';
}

/** Two lines: metric, values and word; then size with interval, and the bar. Without room for bars the values have a line of their own. */
function effectLines(effect: Effect, scale: ChangeScale, layout: TableLayout): string[] {
  const { label, unit } = metricNamed(effect.metric);
  const paint = painter(effect, layout.colours);
  const values = [levelText(effect.baselineMean, unit), levelText(effect.candidateMean, unit)] as const;
  const word = `${sign(effect, layout)} ${verdictWord(effect)}`;
  const note = isSmallerThanMatters(effect) ? '; too small to matter' : '';
  const text = `  ${effect.difference === null ? (effect.note ?? 'not judged') : effectSize(effect)}`;
  const room = layout.width - (layout.bar === 0 ? 0 : layout.bar + 1);
  const change = relativeChange(withWordInterval(effect));
  const withNote = displayWidth(text + note) <= room ? text + note : text;
  const last = layout.colours.dim(truncateToWidth(withNote, layout.width));
  if (layout.bar === 0) {
    const nameWidth = layout.width - layout.word - 1;
    const first = `${padToWidth(truncateToWidth(label, nameWidth), nameWidth)} ${paint(truncateToWidth(word, layout.word))}`;
    return [first, truncateToWidth(`  ${values.join(` ${arrow(layout)} `)}`, layout.width), last];
  }
  const first = cells([label, ...values, word], layout, paint);
  if (change === null || displayWidth(withNote) > room) return [first, last];
  const bar = textBar(change, scale, { width: layout.bar, hasUnicode: layout.hasUnicode });
  return [first, `${layout.colours.dim(padToWidth(withNote, room))} ${paint(bar)}`];
}

/** A value with its unit; the long units stand in the line below, with the difference. */
function levelText(value: number, unit: Metric['unit']): string {
  return unit.includes('/') && unit !== '1/s' ? formatNumber(value) : formatQuantity(value, unit);
}

/** One line of the table: name, two values right-aligned, word; cut where it is too long. */
function cells(
  texts: readonly [string, string, string, string],
  layout: TableLayout,
  paint = (text: string): string => text,
): string {
  const [name, baseline, candidate, word] = texts;
  const nameWidth = layout.width - 2 * (layout.value + 1) - layout.word - 1;
  const value = (text: string): string => padToWidth(truncateToWidth(text, layout.value), layout.value, 'end');
  const last = truncateToWidth(word, layout.word);
  const line = `${padToWidth(truncateToWidth(name, nameWidth), nameWidth)} ${value(baseline)} ${value(candidate)}`;
  return last === '' ? line : `${line} ${paint(last)}`;
}

/** The ends of the axis below the bars. */
function scaleLine(scale: ChangeScale, layout: TableLayout): string {
  if (layout.bar === 0) return '';
  const [low, high] = [`${layout.hasUnicode ? '−' : '-'}${Math.abs(scale.low)}`, `+${scale.high} %`];
  const inner = padToWidth(low, Math.floor(layout.bar / 2)) + '0' + padToWidth(high, Math.floor(layout.bar / 2), 'end');
  return `${' '.repeat(layout.width - layout.bar)}${inner}`;
}

function noiseLines(record: ComparisonRecord, { width, colours }: TableLayout): string[] {
  const line = noiseLine(record);
  return line === '' ? [] : ['', ...wrapToWidth(withoutControls(ended(line)), width).map((part) => colours.dim(part))];
}

function warningLines({ warnings }: ComparisonRecord, { width, colours }: TableLayout): string[] {
  return warnings.flatMap(({ message, advice }) => {
    const [first = '', ...rest] = wrapToWidth(withoutControls(`${ended(message)} ${ended(advice)}`), width - 2);
    return ['', `${colours.yellow('!')} ${first}`, ...rest.map((line) => `  ${line}`)];
  });
}

/** Changes, then what is open; the rest keeps the registry's order. */
function byInterest(one: Effect, other: Effect): number {
  return interest(one) - interest(other);
}

function interest(effect: Effect): number {
  if (effect.verdict === 'increase' || effect.verdict === 'decrease') return isSmallerThanMatters(effect) ? 2 : 0;
  return effect.verdict === 'inconclusive' ? 1 : 3;
}

function isWorthALine(effect: Effect): boolean {
  if (effect.verdict === 'increase' || effect.verdict === 'decrease') return true;
  const { difference, smallestEffect } = effect;
  if (effect.verdict !== 'inconclusive' || difference === null || smallestEffect === null) return false;
  return difference.low < -smallestEffect || difference.high > smallestEffect;
}

function sign(effect: Effect, { hasUnicode }: TableLayout): string {
  switch (effect.verdict) {
    case 'increase':
      return hasUnicode ? '↑' : '^';
    case 'decrease':
      return hasUnicode ? '↓' : 'v';
    case 'equivalent':
      return hasUnicode ? '≈' : '=';
    case 'inconclusive':
      return '?';
    case null:
      return ' ';
  }
}

function painter(effect: Effect, colours: Colours): (text: string) => string {
  const tone = verdictTone(effect);
  if (tone === 'worse') return colours.red;
  if (tone === 'better') return colours.green;
  return effect.verdict === 'inconclusive' ? colours.dim : (text) => text;
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
