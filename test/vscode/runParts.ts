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

/**
 * How long the test waits for what a run is made of to go. On a machine of its own that is well under a second; here the test shares
 * two cores with a second one that may have a VS Code and a browser too, and only that it ends is judged.
 */
const afterlifeSeconds = 10;

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

/** Rejects unless, 10 s from now at the latest, no process of a run lives, and nobody listens on these ports. */
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
