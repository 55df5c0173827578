import { metricNamed } from '../../shared/metrics';
import { changeWords } from '../../shared/comparing/changeWords';
import type { RecordComparison } from '../../shared/comparing/compareRecords';
import type { ComparisonRecord } from '../../shared/record';
import { effectWords } from '../../shared/words/effectWords';
import type { Colours } from './colours';
import { withoutControls, wrapToWidth } from './displayWidth';

export interface ComparedOptions {
  readonly colours: Colours;
  /** Of the terminal; 80 at most are used. */
  readonly columns: number;
}

/** Two runs in words, for a terminal: what each effect was, how it changed, in what the runs differ, and how weak that is. */
export function comparedLines(
  { changes, unlike, weakness }: RecordComparison,
  [first, second]: readonly [ComparisonRecord, ComparisonRecord],
  { colours, columns }: ComparedOptions,
): readonly string[] {
  const width = Math.min(80, Math.max(50, columns));
  const wrapped = (text: string, indent: number): string[] =>
    wrapToWidth(withoutControls(text), width - indent).map((line) => ' '.repeat(indent) + line);
  return [
    ...wrapped(`First: ${first.id}`, 0),
    ...wrapped(`Second: ${second.id}`, 0),
    ...changes.flatMap((each) => [
      '',
      colours.bold(withoutControls(`${metricNamed(each.metric).label}, ${each.candidate}`)),
      ...wrapped(`first: ${effectWords(each.first)}`, 2),
      ...wrapped(`second: ${effectWords(each.second)}`, 2),
      ...wrapped(`change: ${changeWords(each)}`, 2).map((line) =>
        each.outcome === 'changed' ? colours.yellow(line) : line,
      ),
    ]),
    ...(changes.length === 0 ? ['', 'They have no headline metric of the same candidate in common.'] : []),
    ...(unlike.length === 0 ? [] : ['', colours.bold('What differs')]),
    ...unlike.flatMap(({ what, first: one, second: other }) => wrapped(`${what}: ${one} → ${other}`, 2)),
    '',
    ...wrapped(weakness, 0).map(colours.dim),
  ];
}
