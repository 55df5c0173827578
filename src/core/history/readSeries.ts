import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { allTrials } from '../../shared/allTrials';
import { trialPhases, type Sample } from '../../shared/events';
import type { ComparisonRecord } from '../../shared/record';
import type { TrialSeries } from '../../shared/series';
import { isInside } from '../isInside';

/** The per-second series of every trial of a record, in their order. A missing or damaged file gives an empty series: the record stands on its own. */
export async function readSeries(record: ComparisonRecord, folder: string): Promise<TrialSeries[]> {
  return Promise.all(
    allTrials(record).map(async ({ variant, block, position, kind, series }) => ({
      variant,
      block,
      position,
      kind,
      ...(await readTrialFile(path.resolve(folder, series), folder)),
    })),
  );
}

async function readTrialFile(file: string, folder: string): Promise<Pick<TrialSeries, 'seconds' | 'flushes'>> {
  // A record from elsewhere must not make us read outside of its own folder.
  if (!isInside(file, folder)) return { seconds: [] };
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').map(parseLine);
  const startMs = lines.find(isLoadStart)?.atMs;
  return {
    seconds: lines.filter(isSecond),
    ...(startMs === undefined ? {} : { flushes: lines.filter(isFlush).map(({ atMs }) => (atMs - startMs) / 1000) }),
  };
}

function parseLine(line: string): unknown {
  if (line === '') return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

interface Mark {
  readonly atMs: number;
}

/** The load starts with the warm-up. */
function isLoadStart(value: unknown): value is Mark {
  return isMark(value, 'phase') && 'phase' in value && value.phase === 'warming';
}

function isFlush(value: unknown): value is Mark {
  return isMark(value, 'flush');
}

function isMark(value: unknown, type: string): value is Mark {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === type &&
    'atMs' in value &&
    typeof value.atMs === 'number'
  );
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
