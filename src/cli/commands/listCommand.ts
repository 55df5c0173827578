import path from 'node:path';
import { listRuns } from '../../core/history/listRuns';
import { resultsFolderOf } from '../../core/history/runFolder';
import { formatDuration } from '../../shared/duration';
import { exitCodes } from '../../shared/userError';
import type { CommandContext } from '../commandContext';

/** Past runs of a folder, newest first: one line each on stdout, or JSON. */
export async function listCommand(
  folder: string,
  options: { readonly json?: boolean; readonly out?: string },
  context: CommandContext,
): Promise<number> {
  const results = resultsFolderOf(options.out, path.resolve(folder));
  const runs = await listRuns(results);
  if (options.json) {
    for (const { summary, folder: runFolder } of runs)
      context.stdout.write(`${JSON.stringify({ ...summary, folder: runFolder })}\n`);
    return exitCodes.done;
  }
  if (runs.length === 0) context.stderr.write(`No runs in ${results} yet.\n`);
  const now = context.engine.now();
  for (const { summary, folder: runFolder } of runs) {
    const age = formatDuration((now - Date.parse(summary.createdAt)) / 1000);
    const commit = summary.commit === null ? '' : ` · ${summary.branch ?? ''}@${summary.commit.slice(0, 7)}`;
    context.stdout.write(
      `${summary.label}\n  ${age} ago · ${summary.target} · ${summary.scenario}${commit}\n  ${path.relative(process.cwd(), runFolder) || '.'}\n`,
    );
  }
  return exitCodes.done;
}
