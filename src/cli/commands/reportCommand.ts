import path from 'node:path';
import { readRecord } from '../../core/history/readRecord';
import { readSeries } from '../../core/history/readSeries';
import { writeReports } from '../../core/report/writeReports';
import { exitCodes } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { readFormats } from '../runOptions';

/** Renders a stored record again, beside itself or into another folder; the paths go to stdout. */
export async function reportCommand(
  record: string,
  options: { readonly format?: string; readonly output?: string },
  context: CommandContext,
): Promise<number> {
  const found = await readRecord(path.resolve(record));
  const paths = await writeReports({
    record: found.record,
    series: await readSeries(found.record, found.folder),
    folder: options.output === undefined ? found.folder : path.resolve(options.output),
    formats: readFormats(options.format ?? 'md,html'),
    pageScript: context.engine.pageScript,
  });
  for (const file of paths) context.stdout.write(`${file}\n`);
  return exitCodes.done;
}
