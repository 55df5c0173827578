import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { insightsSwitch } from '../../shared/insightsSwitch';
import type { Plan, VariantPlan } from '../../shared/plan';
import { cacheFolder } from '../cacheFolder';
import { startCollector } from '../collector/startCollector';
import { writeTrustBundle } from '../collector/trustBundle';
import { createCpuClock } from '../sample/cpuClock';
import { createSpeedProbe } from '../sample/speedProbe';
import { prepareTemplate } from '../target/freshState';
import { runTagVariable } from '../target/processes';
import { pinRun } from '../target/pinning';
import { inCopy, snapshotProject } from '../target/projectCopy';
import { createRunFolder } from '../target/runFolder';
import { createServerState } from '../target/serverState';
import { startGuard } from '../target/startGuard';
import {
  composeEnvironment,
  fillPlaceholders,
  inheritableEnvironment,
  paddedEnvironmentBytes,
  type Placeholder,
} from '../trial/composeEnvironment';
import { injectedEnvironment } from '../trial/injectedEnvironment';
import { runStateCommand } from '../trial/runStateCommand';
import { toCollector, type TrialDeps } from '../trial/trialDeps';
import type { ComparisonDeps, ComparisonOptions } from './comparisonDeps';
import { openStack } from './openStack';

/** What a comparison needs running beside its trials. */
export interface Session {
  readonly deps: TrialDeps;
  /** Ends everything of the run; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** Far from the positions of trials and rehearsals: whatever `prepare` sends is booked nowhere. */
const preparePosition = 8999;

/** Guard first, so that nothing can be left behind; then the collector, its trust, CPU clock and speed probe, and the initial state made by `prepare`. */
export async function openSession(
  plan: Plan,
  deps: ComparisonDeps,
  options: Pick<ComparisonOptions, 'signal' | 'force'>,
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
    const { projectFolder } = plan.target;
    const project =
      projectFolder === null
        ? null
        : await snapshotProject(projectFolder, path.join(workFolder, 'copy'), options.signal);
    const collector = await startCollector({
      entry: deps.entries.collector,
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
    const speedProbe = await createSpeedProbe(python);
    closers.push(async () => speedProbe.close());
    const trialDeps: TrialDeps = {
      plan,
      endpoint: plan.endpoint,
      guard,
      cpuClock,
      speedProbe,
      collector,
      trustEnvironment,
      inheritedEnvironment: inherited,
      toolEnvironment,
      generatorEntry: deps.entries.generator,
      workFolder,
      templateFolder: path.join(workFolder, 'template'),
      serverState,
      pinning,
      stack,
      project,
      // Bytecode of files that will be gone is no use to the next run.
      bytecodeFolder: project === null ? bytecodeFolder : path.join(workFolder, 'bytecode'),
      runKey,
      environmentBytes: paddedEnvironmentBytes(
        plan.variants.map(({ environment }) => ({ ...inherited, ...environment, ...stack.environment })),
      ),
      force: options.force,
    };
    await prepare(trialDeps, runFilesFolder, options.signal);
    return { deps: trialDeps, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs the target's `prepare` commands once, with the baseline's environment; trials copy what they made. */
async function prepare(deps: TrialDeps, runFilesFolder: string, signal: AbortSignal): Promise<void> {
  const { target, variants } = deps.plan;
  const [baseline] = variants;
  if (!baseline) return;
  const outside = prepareEnvironment(deps, baseline, {});
  await deps.serverState?.sweep(outside, (runKey) => existsSync(path.join(runFilesFolder, `${tagOf(runKey)}.json`)));
  if (target.prepare.length === 0) return;
  const servers = (await deps.serverState?.openTemplate(outside)) ?? {};
  await prepareTemplate({
    templateFolder: deps.templateFolder,
    reset: target.reset ?? {},
    commands: target.prepare,
    runCommand: async (command, state) =>
      runStateCommand(
        {
          purpose: `Preparing ${target.name}`,
          command: command.map((word) => fillPlaceholders(word, preparePlaceholders(deps))),
          // What it leaves beside the app is the state that each copy starts from.
          cwd: inCopy(deps.project, target.cwd, 'snapshot'),
          environment: prepareEnvironment(deps, baseline, { ...servers, ...state }),
          pythonPath: target.python.path,
        },
        signal,
      ),
  });
}

function prepareEnvironment(
  deps: TrialDeps,
  baseline: VariantPlan,
  state: Readonly<Record<string, string>>,
): Record<string, string> {
  return composeEnvironment({
    inherited: deps.inheritedEnvironment,
    variant: { ...baseline.environment, ...deps.stack.environment },
    state,
    // Never with Insights on: seeding would be sent as events, and take minutes.
    injected: { ...injectedEnvironment(toCollector(deps), baseline, preparePosition, 0), [insightsSwitch]: 'false' },
    placeholders: preparePlaceholders(deps),
    paddedBytes: 0,
  });
}

function preparePlaceholders({ plan: { target }, templateFolder }: TrialDeps): Record<Placeholder, string> {
  return { python: target.python.path, port: '0', state: templateFolder, target: target.name };
}

/** Marks every process of a run, and names its run file. */
function tagOf(runKey: string): string {
  return `insights-comparison-${runKey}`;
}
