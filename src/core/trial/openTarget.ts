import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { exitWaitSeconds, shortExitWaitSeconds } from '../../shared/outageScale';
import { UserError } from '../../shared/userError';
import { taskGroup } from '../taskGroup';
import { checkPort, findFreePort, portTakenError } from '../target/checkPort';
import { folderBacklog } from '../target/folderBacklog';
import { freshState } from '../target/freshState';
import type { ManagedProcess } from '../target/processes';
import { pinnedCommand } from '../target/pinning';
import { freshProject, inCopy } from '../target/projectCopy';
import { startProcess } from '../target/startProcess';
import { waitUntilReady } from '../target/waitUntilReady';
import { composeEnvironment, fillPlaceholders, secretValues, type Placeholder } from './composeEnvironment';
import { openControlled } from './controlledTarget';
import { injectedEnvironment } from './injectedEnvironment';
import type { Closed, LiveTarget, LiveTargetOptions } from './liveTarget';
import { openBook } from './openBook';
import { runStateCommand } from './runStateCommand';
import { codeOf, type TrialDeps } from './trialDeps';

const companionReadySeconds = 60;

/**
 * Fresh state, collector's book, processes, ready answers. Throws `UserError('target')` with the app's own last words when it does not come up;
 * nothing of it runs then.
 */
export async function openTarget(
  deps: TrialDeps,
  options: LiveTargetOptions,
  signal: AbortSignal,
): Promise<LiveTarget> {
  options.onPhase('resetting');
  const { target } = deps.plan;
  if (target.control) return openControlled(deps, target.control, options, signal);
  const code = codeOf(deps, options.variant.name);
  if (code.project) await freshProject(code.project, signal);
  const targetFolder = inCopy(code.project, target.cwd);
  const port = await choosePort(target.port);
  const stateFolder = path.join(deps.workFolder, `state-${String(options.position).padStart(4, '0')}`);
  await mkdir(stateFolder, { recursive: true });
  const { apiKey, requestIdPrefix } = await openBook(deps, options);
  const placeholders: Record<Placeholder, string> = {
    python: code.pythonPath,
    port: String(port),
    state: stateFolder,
    target: target.name,
  };
  const environmentWith = (state: Readonly<Record<string, string>>): Record<string, string> =>
    composeEnvironment({
      inherited: deps.inheritedEnvironment,
      variant: { ...options.variant.environment, ...deps.stack.environment },
      state,
      injected: injectedEnvironment(deps, options.variant, options.position, options.hashSeed),
      placeholders,
      paddedBytes: deps.environmentBytes,
    });
  const fill = (command: readonly string[]): string[] => command.map((word) => fillPlaceholders(word, placeholders));
  const label = String(options.position);
  const servers = (await deps.serverState?.open(label, environmentWith({}), code.label)) ?? {};
  const { environment: state } = target.reset
    ? await freshState({
        templateFolder: code.templateFolder,
        stateFolder,
        reset: target.reset,
        runCommand: async (command, variables) =>
          runStateCommand(
            {
              purpose: `Resetting ${target.name}`,
              command: fill(command),
              cwd: targetFolder,
              environment: environmentWith({ ...servers, ...variables }),
              pythonPath: target.python.path,
            },
            signal,
          ),
      })
    : { environment: {} };
  const environment = environmentWith({ ...servers, ...state });
  options.onPhase('starting');
  const started: ManagedProcess[] = [];
  const start = async (
    name: string,
    command: readonly string[],
    cwd: string,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<ManagedProcess> => {
    const process = await startProcess(
      {
        name,
        command: fill(command),
        cwd,
        environment: { ...environment, ...extra },
        secrets: secretValues({ ...options.variant.environment, ...deps.stack.environment }),
        logFile: options.logFile,
        onLine: (line) => {
          options.onLine(name, line);
        },
      },
      deps.guard,
    );
    started.push(process);
    return process;
  };
  const stop = async () => Promise.all(started.map(async (process) => stopProcess(process, deps, options)));
  /** A server that cannot be asked any more costs this figure, not the trial. */
  const countRows = async (): Promise<Closed['rowsAdded']> =>
    (await deps.serverState?.rowsAdded(label).catch(() => null)) ?? null;
  const discardState = async (): Promise<void> => {
    await rm(stateFolder, { recursive: true, force: true });
    await deps.serverState?.close(label);
  };
  const origin = `http://${target.host}:${port}`;
  try {
    await options.beforeStart?.({ command: fill(target.command), cwd: targetFolder, environment });
    const app = await start(target.name, pinnedCommand(deps.pinning, target.command), targetFolder);
    const companions = await Promise.all(
      target.companions.map(async (companion) =>
        // Else Python keeps a companion's ready line in its buffer.
        start(companion.name, companion.command, inCopy(code.project, companion.cwd), { PYTHONUNBUFFERED: '1' }),
      ),
    );
    const [ready] = await taskGroup(signal, [
      async (inner) =>
        waitUntilReady({
          origin,
          path: target.readyPath,
          isAnyAnswerReady: target.isAnyAnswerReady,
          process: app,
          timeoutSeconds: target.readyTimeoutSeconds,
          signal: inner,
          requestId: `probe-${requestIdPrefix}`,
          pythonPath: target.python.path,
        }),
      ...target.companions.map(
        (companion, index) => async (inner: AbortSignal) =>
          waitForCompanion(companions[index], companion.readyLog, inner),
      ),
    ]);
    const isClosing = { value: false };
    return {
      origin,
      app,
      companions: [...companions, ...deps.stack.processes],
      ...ready,
      apiKey,
      requestIdPrefix,
      backlog: async () => (await deps.serverState?.backlog(label)) ?? folderBacklog(target.reset ?? {}, stateFolder),
      watch: async (inner) => watchProcesses([...started, ...deps.stack.processes], inner, isClosing),
      close: async () => {
        isClosing.value = true;
        options.onPhase('stopping');
        const [closed] = await stop();
        if (!closed) throw new Error('The target was closed before it was started');
        // Only now: a worker that is told to end finishes the tasks that it has begun.
        const rowsAdded = signal.aborted ? null : await countRows();
        await discardState();
        return { ...closed, rowsAdded };
      },
    };
  } catch (error) {
    await stop();
    await discardState();
    throw error;
  }
}

async function choosePort(wanted: number): Promise<number> {
  if (wanted === 0) return findFreePort();
  const found = await checkPort(wanted);
  if (found.state === 'taken') throw portTakenError(wanted, found);
  return wanted;
}

async function waitForCompanion(
  process: ManagedProcess | undefined,
  readyLog: string | null,
  signal: AbortSignal,
): Promise<void> {
  if (!process || readyLog === null) return;
  const limit = AbortSignal.timeout(companionReadySeconds * 1000);
  try {
    await process.waitForLine(new RegExp(readyLog), AbortSignal.any([signal, limit]));
  } catch (cause) {
    if (signal.aborted) throw cause;
    const why = process.hasExited() ? 'ended before it was ready' : `was not ready within ${companionReadySeconds} s`;
    throw new UserError('target', `The companion ${process.name} ${why}`, { hint: lastWords(process), cause });
  }
}

async function watchProcesses(
  processes: readonly ManagedProcess[],
  signal: AbortSignal,
  isClosing: { readonly value: boolean },
): Promise<void> {
  const ended = processes.map(async (process) => ({ process, exit: await process.exited }));
  const stopped = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener(
      'abort',
      () => {
        resolve(null);
      },
      { once: true },
    );
  });
  const first = await Promise.race([stopped, ...ended]);
  if (first === null || isClosing.value) return;
  const { process, exit } = first;
  const how = exit.signal === null ? `exit code ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
  throw new UserError('target', `${process.name} ended during the trial (${how})`, { hint: lastWords(process) });
}

async function stopProcess(
  process: ManagedProcess,
  deps: TrialDeps,
  options: LiveTargetOptions,
): Promise<Omit<Closed, 'rowsAdded'>> {
  const graceSeconds = options.exitWait === 'full' ? exitWaitSeconds : shortExitWaitSeconds;
  const closed = await process.stop({
    graceSeconds,
    force: deps.force,
    onWait: (elapsedSeconds) => {
      options.onExitWait(process.name, elapsedSeconds, graceSeconds);
    },
  });
  const isOurDoing = closed.exit.forced && options.exitWait === 'known' && !deps.force.aborted;
  return isOurDoing ? { ...closed, exit: { ...closed.exit, forcedReason: 'exit_wait_measured_once' } } : closed;
}

function lastWords(process: ManagedProcess): string {
  const lines = process.tail().slice(-15);
  return lines.length > 0 ? `Its last lines:\n${lines.join('\n')}` : 'It wrote nothing.';
}
