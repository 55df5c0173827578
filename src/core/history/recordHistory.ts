import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { compareRecords } from '../../shared/comparing/compareRecords';
import { headlineSchema, type ComparisonRecord } from '../../shared/record';
import { referenceRun, type RecordHistory, type TrendRun } from '../../shared/trend';
import { newestFirst } from './newestFirst';
import type { Annotation } from './annotations';
import type { ListedRun } from './readPastRun';
import { readRecord } from './readRecord';
import { headlineFileName } from './runFolder';
import { summariseHeadline } from './summariseRecord';

/** A run and what its user has said of it. */
export interface SaidRun extends ListedRun {
  readonly annotation: Annotation;
}

/** More than a chart can show apart; the pinned ones are kept beyond it. */
const mostRuns = 100;
/** Earlier versions wrote no headline: of so many runs the whole record is read, which takes tens of milliseconds each. */
const mostRecordsRead = 20;

/**
 * What lies before and beside a record: the complete comparisons of its target and scenario among `runs`, and how it differs from the
 * pinned one or the one before. A run whose record can no longer be read is left out.
 */
export async function recordHistory(record: ComparisonRecord, runs: readonly SaidRun[]): Promise<RecordHistory> {
  const alike = comparableRuns(runs).filter(
    ({ summary }) => summary.target === record.plan.target && summary.scenario === record.plan.scenario.name,
  );
  const trend = await trendRuns(alike, record.id);
  return { runs: trend, comparedWith: await comparedWith(record, alike, trend) };
}

/** The runs that a trend can show: complete comparisons, newest first. */
export function comparableRuns(runs: readonly SaidRun[]): readonly SaidRun[] {
  return runs
    .filter(({ summary }) => summary.status === 'complete' && summary.purpose === 'comparison')
    .sort(newestFirst);
}

/** The newest of `runs` (sorted newest first), the pinned ones, and the one with that id, oldest first, with their headline effects. */
export async function trendRuns(runs: readonly SaidRun[], id: string | null = null): Promise<readonly TrendRun[]> {
  const kept = runs.filter(
    ({ annotation, summary }, index) => index < mostRuns || annotation.pinned === true || summary.id === id,
  );
  const found: TrendRun[] = [];
  let recordsRead = 0;
  for (const run of kept) {
    const written = await writtenHeadline(run.folder);
    if (written === null && (recordsRead += 1) > mostRecordsRead) continue;
    const headline = written ?? (await headlineOfRecord(run.folder));
    if (headline) found.unshift(trendRun(run, headline));
  }
  return found;
}

/** Null where an earlier version has written none, or it cannot be read. */
async function writtenHeadline(folder: string): Promise<TrendRun['headline'] | null> {
  try {
    const text = await readFile(path.join(folder, headlineFileName), 'utf8');
    return headlineSchema.parse(JSON.parse(text)).effects;
  } catch {
    return null;
  }
}

async function headlineOfRecord(folder: string): Promise<TrendRun['headline'] | null> {
  try {
    return summariseHeadline((await readRecord(folder)).record);
  } catch {
    return null;
  }
}

async function comparedWith(
  record: ComparisonRecord,
  alike: readonly SaidRun[],
  trendRuns: readonly TrendRun[],
): Promise<RecordHistory['comparedWith']> {
  const reference = referenceRun(trendRuns, record);
  const folder = alike.find(({ summary }) => summary.id === reference?.run.id)?.folder;
  if (reference === null || folder === undefined) return null;
  const other = await readRecord(folder).catch(() => null);
  if (other === null) return null;
  const { id, createdAt, name } = reference.run;
  const comparison = compareRecords(other.record, record);
  return { id, createdAt, name, because: reference.because, comparison };
}

function trendRun({ summary, annotation }: SaidRun, headline: TrendRun['headline']): TrendRun {
  const { id, createdAt, branch, commit } = summary;
  return {
    id,
    createdAt,
    name: annotation.name ?? null,
    isPinned: annotation.pinned === true,
    branch,
    commit,
    headline,
  };
}
