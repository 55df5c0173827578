import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { summarySchema, type RecordSummary } from '../../shared/record';

export interface ListedRun {
  readonly folder: string;
  readonly summary: RecordSummary;
}

/** The runs in a results folder, newest first, from their summaries alone: no record is parsed. A damaged or missing summary is passed over. */
export async function listRuns(resultsFolder: string): Promise<ListedRun[]> {
  const runs = path.join(resultsFolder, 'runs');
  const names = await readdir(runs).catch(() => []);
  const found = await Promise.all(names.map(async (name) => readRun(path.join(runs, name))));
  return found.filter((run) => run !== null).sort((a, b) => b.summary.createdAt.localeCompare(a.summary.createdAt));
}

async function readRun(folder: string): Promise<ListedRun | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path.join(folder, 'summary.json'), 'utf8'));
    const parsed = summarySchema.safeParse(value);
    return parsed.success ? { folder, summary: parsed.data } : null;
  } catch {
    return null;
  }
}
