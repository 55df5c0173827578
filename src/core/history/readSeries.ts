import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { trialPhases, type Sample } from '../../shared/events';
import type { ComparisonRecord } from '../../shared/record';
import type { TrialSeries } from '../../shared/series';

/** The per-second series of every trial of a record, in their order. A missing or damaged file gives an empty series: the record stands on its own. */
export async function readSeries(record: ComparisonRecord, folder: string): Promise<TrialSeries[]> {
  const trials = [
    ...record.trials.map((trial) => ({ ...trial, kind: 'scenario' as const })),
    ...record.capacity.map((trial) => ({ ...trial, kind: 'capacity' as const })),
  ].sort((a, b) => a.position - b.position);
  return Promise.all(
    trials.map(async ({ variant, block, position, kind, series }) => ({
      variant,
      block,
      position,
      kind,
      seconds: await readSeconds(path.resolve(folder, series), folder),
    })),
  );
}

async function readSeconds(file: string, folder: string): Promise<Sample[]> {
  // A record from elsewhere must not make us read outside of its own folder.
  if (path.relative(folder, file).startsWith('..')) return [];
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => parseSecond(line) ?? []);
}

function parseSecond(line: string): Sample | null {
  if (line === '') return null;
  try {
    const value: unknown = JSON.parse(line);
    return isSecond(value) ? value : null;
  } catch {
    return null;
  }
}

function isSecond(value: unknown): value is Sample {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'second' &&
    'phase' in value &&
    trialPhases.some((phase) => phase === value.phase) &&
    'atSeconds' in value &&
    typeof value.atSeconds === 'number'
  );
}
