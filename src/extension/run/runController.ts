import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunEvent } from '../../shared/events';
import type { LiveRun } from '../../shared/liveRun';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import type { Logs } from '../logs';
import { requireTrust } from '../trust';
import { engineEnvironment } from './engineEnvironment';
import { clearInterruptedRun, rememberRun, startedRecordPath } from './interruptedRun';
import { startEngine } from './startEngine';
import { superviseRun, type SupervisedRun } from './superviseRun';

/** A run of this window: what was asked, and all that is known of it so far. */
export interface WindowRun {
  readonly request: RunRequest;
  readonly live: LiveRun;
}

/** What to start: the settings' and quick picks' answers in the engine's own words, folder and targets in it. */
export type { RunRequest };

/**
 * The one run that this window may have on. Two at a time would measure each other. It owns the engine's child process;
 * whatever ends the window ends it.
 */
export interface RunController extends vscode.Disposable {
  /** The run that is on; null between runs. */
  readonly current: WindowRun | null;
  /** The run that is on, else the last one that ended in this window. */
  readonly latest: WindowRun | null;
  /** State, phase, trial or time left has changed; at most a few times a second. */
  readonly onDidChange: vscode.Event<WindowRun>;
  /** Every event, in order, in small batches: what panels forward to their page. */
  readonly onEvents: vscode.Event<readonly RunEvent[]>;
  /** Once per run, after clean-up (the engine has exited). */
  readonly onDidEnd: vscode.Event<WindowRun>;
  /** Starts the engine. Throws `UserError` when a run is on, or the folder is not trusted. Resolves when the run has ended. */
  start(request: RunRequest): Promise<WindowRun>;
  /** Graceful end of the run that is on. */
  stop(): void;
  /** Do not wait for the app's exit any longer. */
  force(): void;
}

export interface RunControllerDeps {
  /** Where the engine's bundles stand. */
  readonly distFolder: string;
  readonly logs: Logs;
  /** Keeps what a reload of the window interrupts. */
  readonly workspaceState: vscode.Memento;
}

const changeMs = 250;

/** The controller of this window, without a run. Disposing of it ends the run that is on. */
export function createRunController(deps: RunControllerDeps): RunController {
  const changes = new vscode.EventEmitter<WindowRun>();
  const events = new vscode.EventEmitter<readonly RunEvent[]>();
  const ends = new vscode.EventEmitter<WindowRun>();
  let current: { readonly request: RunRequest; readonly run: SupervisedRun } | null = null;
  let ended: WindowRun | null = null;
  let isDisposed = false;
  const shown = (): WindowRun | null => current && { request: current.request, live: current.run.live };

  const start = async (request: RunRequest): Promise<WindowRun> => {
    requireTrust();
    if (current !== null) {
      throw new UserError('usage', 'A comparison is on already', {
        hint: 'Wait for its end or stop it: two at a time would measure each other.',
      });
    }
    const run = superviseRun({
      changeMs,
      startEngine: (handlers) => startEngineOf(request, deps, handlers),
      onEvents: (batch) => {
        keepRecordPath(batch, request, deps);
        events.fire(batch);
      },
      onChange: (live) => {
        changes.fire({ request, live });
      },
      writeLog: ({ channel, level, text }) => {
        deps.logs[channel][level](text);
      },
    });
    current = { request, run };
    keep(rememberRun(deps.workspaceState, { folder: request.folder, recordPath: null }), deps);
    await run.ended;
    const result = { request, live: run.live };
    ended = result;
    current = null;
    // A run that ends because its window goes was interrupted: it is offered when the window comes back.
    if (isDisposed) return result;
    keep(clearInterruptedRun(deps.workspaceState), deps);
    ends.fire(result);
    return result;
  };

  return {
    get current() {
      return shown();
    },
    get latest() {
      return shown() ?? ended;
    },
    onDidChange: changes.event,
    onEvents: events.event,
    onDidEnd: ends.event,
    start,
    stop: () => current?.run.stop(),
    force: () => current?.run.force(),
    dispose() {
      isDisposed = true;
      current?.run.dispose();
      vscode.Disposable.from(changes, events, ends).dispose();
    },
  };
}

function startEngineOf(
  request: RunRequest,
  { distFolder, logs }: RunControllerDeps,
  handlers: Pick<Parameters<typeof startEngine>[0], 'onEvents' | 'onStrayLine'>,
): ReturnType<typeof startEngine> {
  const engine = startEngine({
    program: process.execPath,
    args: [path.join(distFolder, 'cli.js'), 'engine'],
    // Where relative paths of a request start from; a folder that has gone is told by the engine, in its own words.
    cwd: existsSync(request.folder) ? request.folder : distFolder,
    environment: engineEnvironment(process.env),
    request,
    ...handlers,
  });
  logs.own.info(`Started the engine (process ${engine.pid ?? 'none'}) for ${request.folder}`);
  return engine;
}

function keepRecordPath(batch: readonly RunEvent[], request: RunRequest, deps: RunControllerDeps): void {
  for (const event of batch) {
    const recordPath = startedRecordPath(event);
    if (recordPath !== null) keep(rememberRun(deps.workspaceState, { folder: request.folder, recordPath }), deps);
  }
}

/** A state that cannot be kept costs an offer after a reload, not the run. */
function keep(update: Promise<void>, { logs }: RunControllerDeps): void {
  update.catch((error: unknown) => {
    logs.own.warn(`The state of the run could not be kept: ${String(error)}`);
  });
}
