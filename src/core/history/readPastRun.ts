import { readFileSync } from 'node:fs';
import path from 'node:path';
import { summarySchema, type RecordSummary } from '../../shared/record';

export interface ListedRun {
  readonly folder: string;
  readonly summary: RecordSummary;
}

/** One run by its summary; null while there is none, or it is damaged. Reads a few hundred bytes at once, without a promise: see `listRuns`. */
export function readPastRun(folder: string): ListedRun | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path.join(folder, 'summary.json'), 'utf8'));
    const parsed = summarySchema.safeParse(value);
    return parsed.success ? { folder, summary: parsed.data } : null;
  } catch {
    return null;
  }
}
