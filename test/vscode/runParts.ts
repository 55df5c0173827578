import { listenedPorts } from '../../src/core/target/portOwner';
import { until } from '../e2e/commandLine';
import type { HomeProcess } from './homeProcesses';
import { listeningPorts } from './listeningPorts';
import type { VsCode } from './startVsCode';

/** What a run is made of while it is on. */
export interface RunParts {
  readonly processes: readonly HomeProcess[];
  /** That they listen on: the app's and the collector's. */
  readonly ports: readonly number[];
}

/** How long what a run is made of may outlive whatever ended it. */
const afterlifeSeconds = 2;

/** The engine, its helpers, the app: everything that a run of this VS Code has started and that lives now. */
export async function runParts(vsCode: VsCode): Promise<RunParts> {
  const processes = (await vsCode.processes()).filter(isOfRun);
  return { processes, ports: listenedPorts(processes.map(({ pid }) => pid)) };
}

/** The engine is what the editor starts; all that it starts itself carries the run's tag. */
function isOfRun({ command, variables }: HomeProcess): boolean {
  return (
    /\/dist\/cli\.js engine\b/.test(command) ||
    variables.some((variable) => variable.startsWith('INSIGHTS_COMPARISON_RUN_TAG='))
  );
}

/** Rejects unless, 2 s from now, no process of a run lives, and nobody listens on these ports. */
export async function nothingIsLeft(vsCode: VsCode, { ports }: RunParts): Promise<void> {
  let left = '';
  await until('nothing is left of the run', afterlifeSeconds, async () => {
    const { processes } = await runParts(vsCode);
    const listening = await listeningPorts();
    const open = ports.filter((port) => listening.has(port));
    left = JSON.stringify({ processes: processes.map(({ command }) => command), open });
    return processes.length === 0 && open.length === 0;
  }).catch((error: unknown) => {
    throw new Error(left, { cause: error });
  });
}
