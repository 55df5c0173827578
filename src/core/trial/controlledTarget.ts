import { appendFile } from 'node:fs/promises';
import type { TargetControl } from '../../shared/plan';
import { unixMs } from '../sample/unixMs';
import type { StopCommand } from '../target/processes';
import { createSecretMask } from '../target/maskSecrets';
import { waitUntilReady, type AwaitedProcess } from '../target/waitUntilReady';
import { composeEnvironment, fillPlaceholders, secretValues, type Placeholder } from './composeEnvironment';
import { injectedEnvironment } from './injectedEnvironment';
import type { LiveTarget, LiveTargetOptions } from './liveTarget';
import { openBook } from './openBook';
import { runStateCommand } from './runStateCommand';
import { codeOf, type TrialDeps } from './trialDeps';

/** What has been started is stopped, however the run ends; a user who will not wait any longer still waits this long for `stop`. */
const forcedStopMs = 5_000;

/**
 * One variant's app, that is not ours to run: its state reset, started, and ready. Throws `UserError('target')` when a command fails or nothing answers;
 * it has been stopped then.
 */
export async function openControlled(
  deps: TrialDeps,
  control: TargetControl,
  options: Pick<LiveTargetOptions, 'variant' | 'position' | 'hashSeed' | 'logFile' | 'onPhase' | 'onLine'>,
  signal: AbortSignal,
): Promise<LiveTarget> {
  const { target } = deps.plan;
  const { pythonPath } = codeOf(deps, options.variant.name);
  const { apiKey, requestIdPrefix } = await openBook(deps, options);
  const placeholders: Record<Placeholder, string> = {
    python: pythonPath,
    port: String(target.port),
    state: deps.workFolder,
    target: target.name,
  };
  const environment = composeEnvironment({
    inherited: deps.inheritedEnvironment,
    variant: options.variant.environment,
    state: {},
    injected: injectedEnvironment(deps, options.variant, options.position, options.hashSeed),
    placeholders,
    paddedBytes: 0,
  });
  const mask = createSecretMask(secretValues(options.variant.environment));
  const say = async (text: string): Promise<void> => {
    const lines = mask.apply(text).split('\n');
    for (const line of lines) options.onLine(target.name, line);
    await appendFile(options.logFile, lines.map((line) => `${line}\n`).join(''));
  };
  const filled = (command: readonly string[]): StopCommand => ({
    command: command.map((word) => fillPlaceholders(word, placeholders)),
    cwd: target.cwd,
    environment,
  });
  const run = async (purpose: string, command: readonly string[], until: AbortSignal): Promise<void> => {
    const text = (await runStateCommand({ purpose, ...filled(command), pythonPath }, until)).trim();
    if (text !== '') await say(text);
  };
  const lastResort = filled(control.stop);
  const stop = async (): Promise<void> => {
    try {
      await afterForce(deps.force, async (patience) => run(`Stopping ${target.name}`, control.stop, patience));
    } finally {
      deps.guard.releaseStop(lastResort);
    }
  };
  const { command: reset } = target.reset ?? {};
  if (reset) await run(`Resetting ${target.name}`, reset, signal);
  options.onPhase('starting');
  const startedAtMs = unixMs();
  const origin = `http://${target.host}:${target.port}`;
  deps.guard.watchStop(lastResort);
  try {
    await run(`Starting ${target.name}`, control.start, signal);
    const ready = await waitUntilReady({
      origin,
      path: target.readyPath,
      isAnyAnswerReady: target.isAnyAnswerReady,
      process: unseenProcess(target.name, startedAtMs),
      timeoutSeconds: target.readyTimeoutSeconds,
      signal,
      requestId: `probe-${requestIdPrefix}`,
    });
    return {
      origin,
      app: null,
      companions: [],
      ...ready,
      apiKey,
      requestIdPrefix,
      backlog: () => Promise.resolve(null),
      watch: async () => Promise.resolve(),
      close: async () => {
        options.onPhase('stopping');
        const fromMs = unixMs();
        await stop();
        return { exit: { code: 0, signal: null, forced: false }, shutdownMs: unixMs() - fromMs, rowsAdded: null };
      },
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

function unseenProcess(name: string, startedAtMs: number): AwaitedProcess {
  return { name, startedAtMs, exited: new Promise(() => undefined), hasExited: () => false, tail: () => [] };
}

/** Runs with a signal that aborts some time after `force` does. */
async function afterForce(force: AbortSignal, work: (patience: AbortSignal) => Promise<void>): Promise<void> {
  const patience = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    timer = setTimeout(() => {
      patience.abort(force.reason);
    }, forcedStopMs);
  };
  if (force.aborted) begin();
  else force.addEventListener('abort', begin, { once: true });
  try {
    await work(patience.signal);
  } finally {
    force.removeEventListener('abort', begin);
    clearTimeout(timer);
  }
}
