import type { RecordComparison } from '../../shared/comparing/compareRecords';
import { changeWords } from '../../shared/comparing/changeWords';
import { metricNamed } from '../../shared/metrics';
import type { ComparisonRecord } from '../../shared/record';
import { effectWords } from '../../shared/words/effectWords';
import { codeSpan, escapeMarkdown } from './escapeMarkdown';

/** Two runs side by side as Markdown: how each headline effect changed, in what they differ, and how weak that is. */
export function comparedReport(
  { changes, unlike, weakness }: RecordComparison,
  [first, second]: readonly [ComparisonRecord, ComparisonRecord],
): string {
  return [
    `# ${escapeMarkdown(second.plan.target)}: two runs`,
    '',
    `- First: ${codeSpan(first.id)}`,
    `- Second: ${codeSpan(second.id)}`,
    '',
    escapeMarkdown(weakness),
    ...(changes.length === 0 ? ['', 'They have no headline metric of the same candidate in common.'] : []),
    ...(changes.length === 0 ? [] : ['', '| | first | second | change |', '| --- | --- | --- | --- |']),
    ...changes.map((each) => {
      const name = `${metricNamed(each.metric).label}, ${each.candidate}`;
      const change =
        each.outcome === 'changed' ? `**${escapeMarkdown(changeWords(each))}**` : escapeMarkdown(changeWords(each));
      return `| ${[name, effectWords(each.first), effectWords(each.second)].map(escapeMarkdown).join(' | ')} | ${change} |`;
    }),
    ...(unlike.length === 0 ? [] : ['', '## What differs', '', '| | first | second |', '| --- | --- | --- |']),
    ...unlike.map((each) => `| ${[each.what, each.first, each.second].map(escapeMarkdown).join(' | ')} |`),
    '',
  ].join('\n');
}
