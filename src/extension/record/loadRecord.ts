import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseRecord } from '../../core/history/readRecord';
import { readSeries } from '../../core/history/readSeries';
import type { ComparisonRecord } from '../../shared/record';
import type { TrialSeries } from '../../shared/series';
import { UserError } from '../../shared/userError';

/** Where a record is read from: a file of this disk, or text that the editor has (an older version in Git). */
export interface RecordSource {
  /** Absolute; names it in messages. */
  readonly file: string;
  /** The folder that its trial files lie in; null: there are none beside it. */
  readonly folder: string | null;
  sizeBytes(): Promise<number>;
  text(): Promise<string>;
}

export interface LoadedRecord {
  readonly record: ComparisonRecord;
  readonly series: readonly TrialSeries[];
  /** Of the text: the same digest is the same record. */
  readonly digest: string;
}

/** A real record has a few hundred kilobytes; parsing stops the extension host while it lasts. */
const largestBytes = 50_000_000;

/** The file of that path, with its trial files beside it. */
export function recordFile(file: string): RecordSource {
  return {
    file,
    folder: path.dirname(file),
    sizeBytes: async () => (await stat(file)).size,
    text: async () => readFile(file, 'utf8'),
  };
}

/** Reads a record and its series. Throws `UserError` when it is missing, too large, damaged or of a newer version. */
export async function loadRecord(source: RecordSource): Promise<LoadedRecord> {
  const text = await readText(source);
  const record = parseRecord(text, source.file);
  const series = source.folder === null ? [] : await readSeries(record, source.folder);
  return { record, series, digest: createHash('sha256').update(text).digest('hex') };
}

async function readText(source: RecordSource): Promise<string> {
  const sizeBytes = await source.sizeBytes().catch((cause: unknown) => {
    throw missing(source, cause);
  });
  if (sizeBytes > largestBytes) {
    throw new UserError('usage', `${source.file} has ${Math.round(sizeBytes / 1e6)} MB: no record is that large`, {
      hint: 'Records above 50 MB are not opened. Was something else written to this file?',
    });
  }
  return source.text().catch((cause: unknown) => {
    throw missing(source, cause);
  });
}

function missing({ file }: RecordSource, cause: unknown): UserError {
  const isAbsent =
    cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'FileNotFound');
  return isAbsent
    ? new UserError('usage', `There is no record at ${file}`, {
        hint: 'It was deleted or moved, or its run has not finished a trial yet. It is shown here as soon as it is written.',
        cause,
      })
    : new UserError('usage', `The record cannot be read: ${file}`, { hint: 'Check that the file may be read.', cause });
}
