import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { noiseRunSchema, type NoiseRun } from '../../shared/noise/noiseSchemas';
import { schemaVersion } from '../../shared/record';
import { writeFileAtomic } from '../writeFileAtomic';
import { safeName } from './runFolder';

/** Of one target on all machines: what is older has been pooled often enough. */
const mostKept = 50;

/**
 * The A/A runs of a target, newest first, from `noise/<target>.json` in the results folder. Tolerant: without a file, with a damaged one or one
 * of a newer version there are none, and a line that cannot be read is passed over.
 */
export async function readNoiseRuns(resultsFolder: string, target: string): Promise<readonly NoiseRun[]> {
  return (await readNoiseFile(noiseFile(resultsFolder, target))).runs;
}

/**
 * Adds a run (in place of an earlier one of the same id) and returns all that are kept. The file is written whole or not at all; one
 * of a newer version is left as it is.
 */
export async function addNoiseRun(resultsFolder: string, target: string, run: NoiseRun): Promise<readonly NoiseRun[]> {
  const file = noiseFile(resultsFolder, target);
  const known = await readNoiseFile(file);
  const runs = newestFirst([run, ...known.runs.filter(({ id }) => id !== run.id)]).slice(0, mostKept);
  if (known.isNewer) return runs;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(file, `${JSON.stringify({ schemaVersion, target, runs }, null, 1)}\n`);
  return runs;
}

function noiseFile(resultsFolder: string, target: string): string {
  return path.join(resultsFolder, 'noise', `${safeName(target)}.json`);
}

async function readNoiseFile(file: string): Promise<{ readonly runs: readonly NoiseRun[]; readonly isNewer: boolean }> {
  const none = { runs: [], isNewer: false };
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return none;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return none;
  }
  if (typeof value !== 'object' || value === null) return none;
  if ('schemaVersion' in value && typeof value.schemaVersion === 'number' && value.schemaVersion > schemaVersion)
    return { runs: [], isNewer: true };
  if (!('runs' in value) || !Array.isArray(value.runs)) return none;
  const runs = value.runs.flatMap((line: unknown) => noiseRunSchema.safeParse(line).data ?? []);
  return { runs: newestFirst(runs), isNewer: false };
}

function newestFirst(runs: readonly NoiseRun[]): readonly NoiseRun[] {
  return [...runs].sort((one, other) => other.measuredAt.localeCompare(one.measuredAt));
}
