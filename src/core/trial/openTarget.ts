import { exitWaitSeconds, shortExitWaitSeconds } from '../../shared/outageScale';
import { UserError } from '../../shared/userError';
import { taskGroup } from '../taskGroup';
import { commandOnCore } from '../target/pinning';
import type { ManagedProcess, ProcessSpec } from '../target/processes';
import { startProcess } from '../target/startProcess';
import { waitUntilReady } from '../target/waitUntilReady';
import { secretValues } from './composeEnvironment';
import { openControlled } from './controlledTarget';
import type { Closed, LiveTarget, LiveTargetOptions } from './liveTarget';
import { openState, type TrialState } from './openState';
import type { TrialDeps } from './trialDeps';

const companionReadySeconds = 60;

/**
 * Fresh state, processes, ready answers. Throws `UserError('target')` with the app's own last words when it does not come up;
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
  const state = await openState(deps, options, signal);
  const started: ManagedProcess[] = [];
  const stop = async () => Promise.all(started.map(async (process) => stopProcess(process, deps, options)));
  options.onPhase('starting');
  try {
    const { fill, placeOf, environment } = state;
    await options.beforeStart?.({ command: fill(target.command), cwd: placeOf(target.cwd), environment });
    const onStarted = (process: ManagedProcess): void => {
      started.push(process);
    };
    const processes = await startProcesses(deps, options, state, onStarted, signal);
    const ready = await waitForAll(deps, state, processes, signal);
    const isClosing = { value: false };
    return {
      ...{ origin: state.origin, apiKey: state.apiKey, requestIdPrefix: state.requestIdPrefix, backlog: state.backlog },
      app: processes.app,
      companions: [...processes.companions, ...deps.stack.processes],
      ...ready,
      watch: async (inner) => watchProcesses([...started, ...deps.stack.processes], inner, isClosing),
      close: async () => {
        isClosing.value = true;
        options.onPhase('stopping');
        const [closed] = await stop();
        if (!closed) throw new Error('The target was closed before it was started');
        // Only now: a worker that is told to end finishes the tasks that it has begun.
        const rowsAdded = signal.aborted ? null : await state.rowsAdded();
        await state.discard();
        return { ...closed, rowsAdded };
      },
    };
  } catch (error) {
    await stop();
    await state.discard();
    throw error;
  }
}

interface TargetProcesses {
  readonly app: ManagedProcess;
  /** In the order of the plan. */
  readonly companions: readonly ManagedProcess[];
}

/** `onStarted` is told of each at once: what has been started must be stopped even when the next one cannot be. */
async function startProcesses(
  deps: TrialDeps,
  options: LiveTargetOptions,
  { fill, placeOf, environment }: TrialState,
  onStarted: (process: ManagedProcess) => void,
  signal: AbortSignal,
): Promise<TargetProcesses> {
  const { target } = deps.plan;
  const secrets = secretValues({ ...options.variant.environment, ...deps.stack.environment });
  const start = async (name: string, spec: Pick<ProcessSpec, 'command' | 'cwd' | 'environment'>) => {
    const onLine = (line: string): void => {
      options.onLine(name, line);
    };
    const process = await startProcess({ name, ...spec, secrets, logFile: options.logFile, onLine }, deps.guard);
    onStarted(process);
    return process;
  };
  const command = fill(commandOnCore(deps.pinning?.appCore, target.command));
  const app = await start(target.name, { command, cwd: placeOf(target.cwd), environment });
  const companions = await taskGroup(
    signal,
    target.companions.map(
      (companion) => async () =>
        start(companion.name, {
          command: fill(companion.command),
          cwd: placeOf(companion.cwd),
          // Else Python keeps a companion's ready line in its buffer.
          environment: { ...environment, PYTHONUNBUFFERED: '1' },
        }),
    ),
  );
  return { app, companions };
}

async function waitForAll(
  { plan: { target } }: TrialDeps,
  { origin, requestIdPrefix }: TrialState,
  { app, companions }: TargetProcesses,
  signal: AbortSignal,
): Promise<Pick<LiveTarget, 'startupMs' | 'readyProbeMs'>> {
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
  return ready;
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
