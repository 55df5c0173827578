import path from 'node:path';
import { readRecord } from '../../core/history/readRecord';
import { readSeries } from '../../core/history/readSeries';
import { renderReports, writeReports, type RenderReportsOptions } from '../../core/report/writeReports';
import { exitCodes, UserError } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { readFormats } from '../toRunRequest';

/**
 * Renders a stored record again, beside itself or into another folder: the paths go to stdout; with `-o -` the report itself does. Throws
 * `UserError` where that is not one text.
 */
export async function reportCommand(
  record: string,
  options: { readonly format?: string; readonly output?: string },
  context: CommandContext,
): Promise<number> {
  const found = await readRecord(path.resolve(record));
  const isPrinted = options.output === '-';
  const rendered = {
    record: found.record,
    series: await readSeries(found.record, found.folder),
    formats: readFormats(options.format ?? (isPrinted ? 'md' : 'md,html')),
    pageScript: context.engine.pageScript,
  };
  if (isPrinted) {
    context.stdout.write(onlyText(rendered));
    return exitCodes.done;
  }
  const folder = options.output === undefined ? found.folder : path.resolve(options.output);
  for (const file of await writeReports({ ...rendered, folder })) context.stdout.write(`${file}\n`);
  return exitCodes.done;
}

function onlyText(options: RenderReportsOptions): string {
  const [report, ...more] = renderReports(options);
  if (typeof report?.text === 'string' && more.length === 0) return report.text;
  throw new UserError('usage', `-o - prints one report, and ${options.formats.join(',')} is not one text`, {
    hint: 'Ask for one of md, html, json, junit, or name a folder: -o FOLDER.',
  });
}
