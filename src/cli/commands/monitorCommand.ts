import path from 'node:path';
import { findTargets, openProject } from '../../core/project/openProject';
import { runMonitor, type MonitorSample, type Subject } from '../../core/runMonitor';
import { inheritableEnvironment } from '../../core/trial/composeEnvironment';
import { exitCodes, UserError } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { listenForStop } from '../stopSignals';
import { monitorCsvHeader, monitorCsvLine, monitorTableHeader, monitorTableLines } from '../terminal/monitorLines';

export interface MonitorOptionValues {
  readonly pid?: readonly number[];
  readonly port?: readonly number[];
  readonly interval?: number;
  readonly duration?: number;
  readonly format?: 'table' | 'csv' | 'json';
}

/** `monitor`: the machine and any processes alone, a line each second on stdout, until Ctrl-C. */
export async function monitorCommand(
  folder: string,
  options: MonitorOptionValues,
  context: CommandContext,
): Promise<number> {
  const subjects = await subjectsOf(folder, options);
  const format = options.format ?? 'table';
  const { stdout } = context;
  const print = printerOf(format, subjects, (line) => stdout.write(`${line}\n`));
  const stop = listenForStop(() => undefined);
  try {
    await runMonitor({
      subjects,
      intervalMs: (options.interval ?? 1) * 1000,
      ...(options.duration === undefined ? {} : { durationMs: options.duration * 1000 }),
      pythonPath: context.environment['INSIGHTS_COMPARISON_PYTHON'] ?? 'python3',
      environment: inheritableEnvironment(context.environment),
      signal: stop.stop.signal,
      onSample: print,
    });
    return exitCodes.done;
  } finally {
    stop.dispose();
  }
}

function printerOf(
  format: 'table' | 'csv' | 'json',
  subjects: readonly Subject[],
  write: (line: string) => void,
): (sample: MonitorSample) => void {
  if (format === 'json') return (sample) => write(JSON.stringify(sample));
  if (format === 'csv') {
    write(monitorCsvHeader);
    return (sample) => {
      for (const line of monitorCsvLine(sample)) write(line);
    };
  }
  write(monitorTableHeader(subjects.map(({ name }) => name)));
  return (sample) => {
    for (const line of monitorTableLines(sample)) write(line);
  };
}

/** What is named; else the ports of the project's targets. */
async function subjectsOf(folder: string, { pid = [], port = [] }: MonitorOptionValues): Promise<readonly Subject[]> {
  for (const each of pid) requireProcess(each);
  const named: Subject[] = [
    ...pid.map((each) => ({ type: 'pid', name: `pid ${each}`, pid: each }) as const),
    ...port.map((each) => ({ type: 'port', name: `port ${each}`, port: each }) as const),
  ];
  if (named.length > 0) return named;
  const { project } = await openProject({ folder: path.resolve(folder) });
  const targets = await findTargets({ folder: path.resolve(folder) }, project);
  return targets.flatMap(({ name, spec }) =>
    spec.port === undefined || spec.port === 0 ? [] : [{ type: 'port', name, port: spec.port } as const],
  );
}

function requireProcess(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return;
    throw new UserError('usage', `There is no process ${pid}`, { hint: 'Look it up again: ps, or --port N.' });
  }
}
