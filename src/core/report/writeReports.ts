import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { assertNever } from '../../shared/assertNever';
import type { ComparisonRecord } from '../../shared/record';
import type { ReportFormat } from '../../shared/runRequest';
import type { TrialSeries } from '../../shared/series';
import { UserError } from '../../shared/userError';
import { writeFileAtomic } from '../writeFileAtomic';
import { statsHistoryCsv } from './csvHistory';
import { statsCsv } from './csvReport';
import { htmlReport } from './htmlReport';
import { junitReport } from './junitReport';
import { markdownReport } from './markdownReport';
import { monitoringJson } from './monitoringJson';
import { picturesOf } from './picture/pictures';
import { effectsCsv, endpointsCsv, secondsCsv } from './tidyCsv';

export interface RenderReportsOptions {
  readonly record: ComparisonRecord;
  readonly series: readonly TrialSeries[];
  readonly formats: readonly ReportFormat[];
  /** The built page script (`dist/webview/page.js`), from the composition root. */
  readonly pageScript: string;
}

export interface WriteReportsOptions extends RenderReportsOptions {
  /** Made when it is missing. */
  readonly folder: string;
}

export interface RenderedReport {
  readonly name: string;
  readonly text: string | Buffer;
}

/** The files of the reports that were asked for, in their order. */
export function renderReports(options: RenderReportsOptions): readonly RenderedReport[] {
  return options.formats.flatMap((format) => contents(format, options));
}

/**
 * Writes the reports that were asked for, each in one step (a reader never sees half a file), and returns their
 * paths. Throws UserError `usage` for a folder that cannot be written.
 */
export async function writeReports(options: WriteReportsOptions): Promise<readonly string[]> {
  const files = renderReports(options);
  try {
    await mkdir(options.folder, { recursive: true });
    const paths: string[] = [];
    for (const { name, text } of files) {
      const file = path.join(options.folder, name);
      await writeFileAtomic(file, text);
      paths.push(file);
    }
    return paths;
  } catch (error) {
    throw new UserError('usage', `The reports could not be written to ${options.folder}: ${reasonOf(error)}.`, {
      hint: 'Give a folder that can be written with --out (report: -o).',
      cause: error,
    });
  }
}

function contents(format: ReportFormat, options: RenderReportsOptions): RenderedReport[] {
  const { record, series, pageScript } = options;
  switch (format) {
    case 'md':
      return [{ name: 'report.md', text: markdownReport(record) }];
    case 'html':
      return [{ name: 'report.html', text: htmlReport(record, series, { script: pageScript }) }];
    case 'csv':
      return [
        { name: 'stats.csv', text: statsCsv(record) },
        { name: 'stats_history.csv', text: statsHistoryCsv(record, series) },
        { name: 'seconds.csv', text: secondsCsv(record, series) },
        { name: 'endpoints.csv', text: endpointsCsv(record) },
        { name: 'effects.csv', text: effectsCsv(record) },
      ];
    case 'json':
      return [{ name: 'monitoring.json', text: monitoringJson(record, series) }];
    case 'junit':
      return [{ name: 'junit.xml', text: junitReport(record) }];
    case 'png':
      return Array.from(picturesOf(record, series), ({ name, png }) => ({ name, text: png }));
    default:
      return assertNever(format);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
