import { statsHistoryCsv } from '../../core/report/csvHistory';
import { statsCsv } from '../../core/report/csvReport';
import { htmlReport } from '../../core/report/htmlReport';
import { junitReport } from '../../core/report/junitReport';
import { markdownReport } from '../../core/report/markdownReport';
import { monitoringJson } from '../../core/report/monitoringJson';
import { effectsCsv, endpointsCsv, secondsCsv } from '../../core/report/tidyCsv';
import type { ComparisonRecord } from '../../shared/record';
import type { LoadedRecord } from './loadRecord';

/** A file that a record can be saved as. */
export interface ExportFormat {
  readonly label: string;
  readonly detail: string;
  /** What is appended to the record's own name. */
  readonly suffix: string;
  readonly extension: 'html' | 'md' | 'csv' | 'json' | 'xml';
  /** `pageScript` is the built script of the result page, read when it is wanted. */
  write(loaded: LoadedRecord, pageScript: () => Promise<string>): Promise<string>;
}

/** In the order in which they are offered. */
export const exportFormats: readonly ExportFormat[] = [
  {
    label: 'HTML',
    detail: 'The whole page with charts in one file that loads nothing',
    suffix: '',
    extension: 'html',
    write: async ({ record, series }, pageScript) => htmlReport(record, series, { script: await pageScript() }),
  },
  {
    label: 'Markdown',
    detail: 'The summary for a pull request',
    suffix: '',
    extension: 'md',
    write: ({ record }) => Promise.resolve(markdownReport(record)),
  },
  {
    label: 'CSV: statistics',
    detail: 'A row per variant and endpoint, with Locust’s column names',
    suffix: '-stats',
    extension: 'csv',
    write: ({ record }) => Promise.resolve(statsCsv(record)),
  },
  {
    label: 'CSV: history',
    detail: 'A row per second and variant, with Locust’s column names',
    suffix: '-stats_history',
    extension: 'csv',
    write: ({ record, series }) => Promise.resolve(statsHistoryCsv(record, series)),
  },
  {
    label: 'CSV: seconds',
    detail: 'A row per second and process, units in the names',
    suffix: '-seconds',
    extension: 'csv',
    write: ({ record, series }) => Promise.resolve(secondsCsv(record, series)),
  },
  {
    label: 'CSV: endpoints',
    detail: 'A row per endpoint of every trial, units in the names',
    suffix: '-endpoints',
    extension: 'csv',
    write: ({ record }) => Promise.resolve(endpointsCsv(record)),
  },
  {
    label: 'CSV: effects',
    detail: 'A row per effect, with its interval and verdict',
    suffix: '-effects',
    extension: 'csv',
    write: ({ record }) => Promise.resolve(effectsCsv(record)),
  },
  {
    label: 'JSON',
    detail: 'Every second of every trial',
    suffix: '-monitoring',
    extension: 'json',
    write: ({ record, series }) => Promise.resolve(monitoringJson(record, series)),
  },
  {
    label: 'JUnit',
    detail: 'A case per budget, as CI systems read it',
    suffix: '-junit',
    extension: 'xml',
    write: ({ record }) => Promise.resolve(junitReport(record)),
  },
];

type NamedRecord = Pick<ComparisonRecord, 'plan' | 'createdAt'>;

/** `insights-flask-quick-2026-11-22.html`: a name for the file, safe everywhere. */
export function exportFileName(record: NamedRecord, format: ExportFormat): string {
  return `${exportFileStem(record)}${format.suffix}.${format.extension}`;
}

export function exportFileStem({ plan, createdAt }: NamedRecord): string {
  const words = ['insights', plan.target, plan.scenario.name, createdAt.slice(0, 10)];
  return words.map((word) => word.replaceAll(/[^\w.-]+/g, '_')).join('-');
}
