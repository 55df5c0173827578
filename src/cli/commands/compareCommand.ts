import { existsSync } from 'node:fs';
import path from 'node:path';
import { listRuns } from '../../core/history/listRuns';
import { readRecord } from '../../core/history/readRecord';
import { resultsFolderOf } from '../../core/history/runFolder';
import { compareRecords } from '../../shared/comparing/compareRecords';
import type { ComparisonRecord } from '../../shared/record';
import { exitCodes, UserError } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { comparedLines } from '../terminal/comparedLines';
import { coloursFor } from '../terminal/colours';

export interface CompareOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly color?: boolean;
}

/** `compare A B`: two past runs side by side on stdout, or as JSON. A run is a path, or the id that `list` shows, or a part of one. */
export async function compareCommand(
  names: readonly [string, string],
  options: CompareOptions,
  { stdout, environment }: CommandContext,
): Promise<number> {
  const [first, second] = [await findRun(names[0], options), await findRun(names[1], options)];
  const compared = compareRecords(first, second);
  if (options.json) {
    stdout.write(`${JSON.stringify({ first: first.id, second: second.id, ...compared })}\n`);
    return exitCodes.done;
  }
  const colours = coloursFor({ stream: stdout, environment, color: options.color });
  const lines = comparedLines(compared, [first, second], { colours, columns: stdout.columns ?? 80 });
  stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.done;
}

async function findRun(name: string, { out }: CompareOptions): Promise<ComparisonRecord> {
  if (existsSync(name)) return (await readRecord(path.resolve(name))).record;
  const results = resultsFolderOf(out, process.cwd());
  const runs = await listRuns(results);
  const exact = runs.filter(({ summary }) => summary.id === name);
  const found = exact.length > 0 ? exact : runs.filter(({ summary }) => summary.id.includes(name));
  const [run, another] = found;
  if (run && !another) return (await readRecord(run.folder)).record;
  const listed = found.map(({ summary }) => summary.id).join(', ');
  throw new UserError('usage', run ? `${name} fits several runs: ${listed}` : `There is no run ${name} in ${results}`, {
    hint: 'Name a run folder, its comparison.insights.json, or an id that "insights-comparison list" shows.',
  });
}
