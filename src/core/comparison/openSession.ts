import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Plan } from '../../shared/plan';
import { cacheFolder } from '../cacheFolder';
import { openCode, type OpenCode } from '../code/openCode';
import { startCollector } from '../collector/startCollector';
import { writeTrustBundle } from '../collector/trustBundle';
import { createAwakeCore } from '../sample/awakeCore';
import { createCpuClock } from '../sample/cpuClock';
import { createInstructionCounter } from '../sample/instructionCounter';
import { createSpeedProbe } from '../sample/speedProbe';
import { runTagVariable } from '../target/processes';
import { pinRun } from '../target/pinning';
import { createRunFolder } from '../target/runFolder';
import { createServerState } from '../target/serverState';
import { startGuard } from '../target/startGuard';
import { inheritableEnvironment, paddedEnvironmentBytes } from '../trial/composeEnvironment';
import type { TrialDeps } from '../trial/trialDeps';
import { collectorPlace } from './collectorPlace';
import type { ComparisonDeps, ComparisonOptions } from './comparisonDeps';
import { mayKeepAwake } from './machineChecks';
import { openStack } from './openStack';
import { prepareState } from './prepareState';

/** What a comparison needs running beside its trials. */
export interface Session {
  readonly deps: TrialDeps;
  /** What was opened for variants that differ in their code. */
  readonly opened: Pick<OpenCode, 'packages' | 'warnings'>;
  /** Ends everything of the run; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** Guard first, so that nothing can be left behind; then the collector, its trust, CPU clock, counter and speed probe, and the initial state made by `prepare`. */
export async function openSession(
  plan: Plan,
  deps: ComparisonDeps,
  options: Pick<ComparisonOptions, 'signal' | 'force' | 'onEvent'>,
): Promise<Session> {
  const runKey = randomBytes(4).toString('hex');
  const cache = cacheFolder(deps.environment);
  const inherited = inheritableEnvironment(deps.environment);
  const tag = tagOf(runKey);
  const tagged = { ...inherited, [runTagVariable]: tag };
  const toolEnvironment = { ...tagged, ...(process.versions['electron'] ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
  const runFilesFolder = path.join(cache, 'runs');
  const bytecodeFolder = path.join(cache, 'bytecode');
  await mkdir(bytecodeFolder, { recursive: true });
  // First, so that all that is started inherits it.
  const pinning = plan.isPinned ? await pinRun() : null;
  const guard = await startGuard({ tag, entry: deps.entries.guard, runFilesFolder, environment: toolEnvironment });
  const closers: (() => Promise<void>)[] = [async () => pinning?.release(), async () => guard.close()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const workFolder = createRunFolder(tag);
    guard.watchFolder(workFolder);
    closers.push(async () => {
      await rm(workFolder, { recursive: true, force: true });
      guard.releaseFolder(workFolder);
    });
    const stack = await openStack(plan, { guard, workFolder, environment: tagged, signal: options.signal });
    closers.push(async () => stack.close());
    const serverState = createServerState({
      reset: plan.target.reset ?? {},
      pythonPath: plan.target.python.path,
      runKey,
      environment: tagged,
    });
    closers.push(async () => serverState?.closeAll());
    const opened = await openCode(plan, {
      workFolder,
      bytecodeFolder,
      environment: tagged,
      signal: options.signal,
      onStep: (message) => {
        options.onEvent({ type: 'preflight', check: 'code', state: 'running', message });
      },
    });
    if (opened.packages.size > 0) {
      const message = 'Code and packages of each variant are in place';
      options.onEvent({ type: 'preflight', check: 'code', state: 'ok', message });
    }
    const { control } = plan.target;
    const collector = await startCollector({
      entry: deps.entries.collector,
      ...(control?.collectorUrl == null ? {} : { place: await collectorPlace(control.collectorUrl) }),
      isSecure: plan.endpoint !== 'local-http',
      environment: toolEnvironment,
    });
    closers.push(async () => collector.close());
    const trustEnvironment =
      collector.certificateAuthorityPem === null
        ? {}
        : await writeTrustBundle({
            pythonPath: plan.target.python.path,
            certificateAuthorityPem: collector.certificateAuthorityPem,
            folder: path.join(workFolder, 'trust'),
            environment: { ...inherited, ...plan.variants[0]?.environment },
          });
    const python = { pythonPath: plan.target.python.path, environment: toolEnvironment };
    const cpuClock = await createCpuClock(python);
    closers.push(async () => cpuClock.close());
    const instructions = await createInstructionCounter(python);
    if (typeof instructions !== 'string') closers.push(async () => instructions.close());
    const speedProbe = await createSpeedProbe({ ...python, ...(pinning && { core: pinning.appCore }) });
    closers.push(async () => speedProbe.close());
    const isAwake = pinning !== null && plan.capacity !== null && (await mayKeepAwake());
    const awakeCore = isAwake ? await createAwakeCore({ ...pinning, environment: toolEnvironment }) : null;
    const trialDeps: TrialDeps = {
      plan,
      endpoint: plan.endpoint,
      guard,
      cpuClock,
      instructions,
      speedProbe,
      collector,
      trustEnvironment,
      inheritedEnvironment: inherited,
      toolEnvironment,
      generatorEntry: deps.entries.generator,
      workFolder,
      serverState,
      pinning,
      awakeCore,
      stack,
      codes: opened.codes,
      runKey,
      environmentBytes: paddedEnvironmentBytes(
        plan.variants.map(({ environment }) => ({ ...inherited, ...environment, ...stack.environment })),
      ),
      force: options.force,
    };
    const isRunning = (key: string): boolean => existsSync(path.join(runFilesFolder, `${tagOf(key)}.json`));
    await prepareState(trialDeps, isRunning, options.signal);
    return { deps: trialDeps, opened, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Marks every process of a run, and names its run file. */
function tagOf(runKey: string): string {
  return `insights-comparison-${runKey}`;
}
