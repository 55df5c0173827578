import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkPort, findFreePort, portTakenError } from '../target/checkPort';
import { folderBacklog } from '../target/folderBacklog';
import { freshState } from '../target/freshState';
import { freshProject, inCopy } from '../target/projectCopy';
import { composeEnvironment, fillPlaceholders, type Placeholder } from './composeEnvironment';
import { injectedEnvironment } from './injectedEnvironment';
import type { Closed, LiveTarget, LiveTargetOptions } from './liveTarget';
import { openBook } from './openBook';
import { runStateCommand } from './runStateCommand';
import { codeOf, type TrialDeps } from './trialDeps';

type Environment = Readonly<Record<string, string>>;

/** What belongs to one trial alone, before anything of it runs. Whoever opened it discards it. */
export interface TrialState extends Pick<LiveTarget, 'origin' | 'apiKey' | 'requestIdPrefix' | 'backlog'> {
  /** All that the trial's processes are given. */
  readonly environment: Environment;
  /** Where a folder of the project lies in this trial. */
  placeOf(folder: string): string;
  /** Its placeholders filled in. */
  fill(command: readonly string[]): string[];
  rowsAdded(): Promise<Closed['rowsAdded']>;
  discard(): Promise<void>;
}

/** A copy of the project, a free port, the collector's book, folders and databases as `reset` says. When it throws nothing is left of them. */
export async function openState(
  deps: TrialDeps,
  options: Pick<LiveTargetOptions, 'variant' | 'position' | 'hashSeed'>,
  signal: AbortSignal,
): Promise<TrialState> {
  const { target } = deps.plan;
  const { variant, position } = options;
  const code = codeOf(deps, variant.name);
  if (code.project) await freshProject(code.project, signal);
  const port = await choosePort(target.port);
  const label = String(position);
  const folder = path.join(deps.workFolder, `state-${label.padStart(4, '0')}`);
  const book = await openBook(deps, options);
  await mkdir(folder, { recursive: true });
  const placeholders: Record<Placeholder, string> = {
    python: code.pythonPath,
    port: String(port),
    state: folder,
    target: target.name,
  };
  const environmentWith = (state: Environment): Environment =>
    composeEnvironment({
      inherited: deps.inheritedEnvironment,
      variant: { ...variant.environment, ...deps.stack.environment },
      state,
      injected: injectedEnvironment(deps, variant, position, options.hashSeed),
      placeholders,
      paddedBytes: deps.environmentBytes,
    });
  const placeOf = (within: string): string => inCopy(code.project, within);
  const fill = (command: readonly string[]): string[] => command.map((word) => fillPlaceholders(word, placeholders));
  const discard = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    await deps.serverState?.close(label);
  };
  const runReset = async (command: readonly string[], environment: Environment): Promise<string> =>
    runStateCommand(
      {
        purpose: `Resetting ${target.name}`,
        command: fill(command),
        cwd: placeOf(target.cwd),
        environment,
        pythonPath: target.python.path,
      },
      signal,
    );
  try {
    const servers = (await deps.serverState?.open(label, environmentWith({}), code.label)) ?? {};
    const { templateFolder } = code;
    const files = target.reset
      ? await freshState({
          ...{ templateFolder, stateFolder: folder, reset: target.reset },
          runCommand: async (command, variables) => runReset(command, environmentWith({ ...servers, ...variables })),
        })
      : { environment: {} };
    return {
      ...book,
      origin: `http://${target.host}:${port}`,
      environment: environmentWith({ ...servers, ...files.environment }),
      placeOf,
      fill,
      backlog: async () => (await deps.serverState?.backlog(label)) ?? folderBacklog(target.reset ?? {}, folder),
      // A server that cannot be asked any more costs this figure, not the trial.
      rowsAdded: async () => (await deps.serverState?.rowsAdded(label).catch(() => null)) ?? null,
      discard,
    };
  } catch (error) {
    await discard().catch(() => undefined);
    throw error;
  }
}

async function choosePort(wanted: number): Promise<number> {
  if (wanted === 0) return findFreePort();
  const found = await checkPort(wanted);
  if (found.state === 'taken') throw portTakenError(wanted, found);
  return wanted;
}
