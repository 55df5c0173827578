import path from 'node:path';
import { schemaVersion, type ComparisonRecord } from '../../shared/record';
import { writeFileAtomic } from '../writeFileAtomic';
import { headlineFileName, summaryFileName, type RunFolder } from './runFolder';
import { summariseHeadline, summariseRecord } from './summariseRecord';

/** Saves the record and its summary, and of a complete one its headline; called after every finished trial, so that a crash loses none. */
export async function saveRecord(folder: RunFolder, record: ComparisonRecord): Promise<void> {
  await writeFileAtomic(folder.recordPath, `${JSON.stringify(record, null, 1)}\n`);
  await writeFileAtomic(path.join(folder.path, summaryFileName), `${JSON.stringify(summariseRecord(record))}\n`);
  if (record.status !== 'complete') return;
  const headline = { schemaVersion, effects: summariseHeadline(record) };
  await writeFileAtomic(path.join(folder.path, headlineFileName), `${JSON.stringify(headline)}\n`);
}
