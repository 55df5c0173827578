import { appendFile } from 'node:fs/promises';
import { markdownReport } from '../core/report/markdownReport';
import type { ComparisonRecord } from '../shared/record';
import type { CommandContext } from './commandContext';

/** GitHub shows up to 1 MiB per step; a page of more than this is not read. */
const mostBytes = 200_000;

/**
 * Adds the reports of a run to the page of its GitHub Actions step, where there is one (`GITHUB_STEP_SUMMARY` names its file). A page that
 * cannot be written costs a line on stderr, not the run.
 */
export async function addToStepSummary(
  records: readonly ComparisonRecord[],
  { environment, stderr }: Pick<CommandContext, 'environment' | 'stderr'>,
): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (!file || records.length === 0) return;
  try {
    await appendFile(file, summaryText(records));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    stderr.write(`! The step's summary could not be written: ${reason}\n`);
  }
}

function summaryText(records: readonly ComparisonRecord[]): string {
  let text = '';
  for (const [index, record] of records.entries()) {
    const report = `${markdownReport(record)}\n`;
    if (Buffer.byteLength(text + report) > mostBytes)
      return `${text}\n${records.length - index} more stand in the results folder.\n`;
    text += report;
  }
  return text;
}
