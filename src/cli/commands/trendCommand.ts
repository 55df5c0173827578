import path from 'node:path';
import { listSaidRuns } from '../../core/history/listSaidRuns';
import { comparableRuns, trendRuns, type SaidRun } from '../../core/history/recordHistory';
import { resultsFolderOf } from '../../core/history/runFolder';
import { trendsOf, type Trend } from '../../shared/trend';
import { exitCodes } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { coloursFor } from '../terminal/colours';
import { trendLines } from '../terminal/trendLines';

export interface TrendCommandOptions {
  readonly target?: string;
  readonly scenario?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly color?: boolean;
}

/** `trend`: the headline effects over the past runs of each target and scenario, oldest first, on stdout or as JSON lines. */
export async function trendCommand(
  folder: string,
  options: TrendCommandOptions,
  { stdout, stderr, environment }: CommandContext,
): Promise<number> {
  const results = resultsFolderOf(options.out, path.resolve(folder));
  const isWanted = ({ summary }: SaidRun): boolean =>
    (options.target ?? summary.target) === summary.target &&
    (options.scenario ?? summary.scenario) === summary.scenario;
  const groups = groupedRuns(comparableRuns(await listSaidRuns(results)).filter(isWanted));
  const colours = coloursFor({ stream: stdout, environment, color: options.color });
  let shown = 0;
  for (const alike of groups) {
    const [{ summary }] = alike;
    const trends = trendsOf(await trendRuns(alike));
    shown += trends.length;
    if (options.json === true) {
      for (const trend of trends)
        stdout.write(`${JSON.stringify({ target: summary.target, scenario: summary.scenario, ...jsonOf(trend) })}\n`);
      continue;
    }
    if (trends.length === 0) continue;
    const lines = trends.flatMap((trend) => trendLines(trend, { colours, hasUnicode: true }));
    stdout.write(`${summary.target} · ${summary.scenario}\n${lines.join('\n')}\n`);
  }
  if (shown === 0) {
    stderr.write(`No two complete runs of one target and scenario in ${results} yet: a trend needs them.\n`);
  } else if (options.json !== true) {
    stdout.write('Each run against its own baseline; runs of other days are weak evidence against each other.\n');
  }
  return exitCodes.done;
}

type NonEmpty = readonly [SaidRun, ...SaidRun[]];

function groupedRuns(runs: readonly SaidRun[]): readonly NonEmpty[] {
  const groups = new Map<string, [SaidRun, ...SaidRun[]]>();
  for (const run of runs) {
    const key = JSON.stringify([run.summary.target, run.summary.scenario]);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()];
}

function jsonOf({ metric, candidate, points }: Trend): object {
  return {
    metric,
    candidate,
    points: points.map(({ run: { headline: _, ...run }, effect }) => ({
      ...run,
      ...effect.change,
      verdict: effect.verdict,
    })),
  };
}
