import { randomBytes } from 'node:crypto';
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
import { createRunFolder } from '../target/runFolder';
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
import type { TrialDeps } from '../trial/trialDeps';
import type { ComparisonDeps, ComparisonOptions } from './comparisonDeps';

/** What a comparison needs running beside its trials. */
export interface Session {
  readonly deps: TrialDeps;
  /** Ends everything of the run; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** Far from the positions of trials and rehearsals: whatever `prepare` sends is booked nowhere. */
const preparePosition = 8999;

/** Guard first, so that nothing can be left behind; then the collector, its trust, CPU clock and speed probe, and the initial state made by `prepare`. */
export async function openSession(plan: Plan, deps: ComparisonDeps, options: ComparisonOptions): Promise<Session> {
  const runKey = randomBytes(4).toString('hex');
  const cache = cacheFolder(deps.environment);
  const inherited = inheritableEnvironment(deps.environment);
  const tag = `insights-comparison-${runKey}`;
  const toolEnvironment = {
    ...inherited,
    ...(process.versions['electron'] ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
    [runTagVariable]: tag,
  };
  const runFilesFolder = path.join(cache, 'runs');
  const bytecodeFolder = path.join(cache, 'bytecode');
  await mkdir(bytecodeFolder, { recursive: true });
  const guard = await startGuard({ tag, entry: deps.entries.guard, runFilesFolder, environment: toolEnvironment });
  const closers: (() => Promise<void>)[] = [async () => guard.close()];
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
    const collector = await startCollector({
      entry: deps.entries.collector,
      isSecure: plan.endpoint === 'local',
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
      bytecodeFolder,
      runKey,
      environmentBytes: paddedEnvironmentBytes(
        plan.variants.map(({ environment }) => ({ ...inherited, ...environment })),
      ),
      force: options.force,
    };
    await prepare(trialDeps, options.signal);
    return { deps: trialDeps, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs the target's `prepare` commands once, with the baseline's environment; trials copy what they made. */
async function prepare(deps: TrialDeps, signal: AbortSignal): Promise<void> {
  const { target, variants } = deps.plan;
  const [baseline] = variants;
  if (!baseline || target.prepare.length === 0) return;
  await prepareTemplate({
    templateFolder: deps.templateFolder,
    reset: target.reset ?? {},
    commands: target.prepare,
    runCommand: async (command, state) => runPrepareCommand(deps, baseline, command, state, signal),
  });
}

async function runPrepareCommand(
  deps: TrialDeps,
  baseline: VariantPlan,
  command: readonly string[],
  state: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const { target } = deps.plan;
  const placeholders: Record<Placeholder, string> = {
    python: target.python.path,
    port: '0',
    state: deps.templateFolder,
    target: target.name,
  };
  const environment = composeEnvironment({
    inherited: deps.inheritedEnvironment,
    variant: baseline.environment,
    state,
    // Never with Insights on: seeding would be sent as events, and take minutes.
    injected: { ...injectedEnvironment(deps, baseline, preparePosition, 0), [insightsSwitch]: 'false' },
    placeholders,
    paddedBytes: 0,
  });
  await runStateCommand(
    {
      purpose: `Preparing ${target.name}`,
      command: command.map((word) => fillPlaceholders(word, placeholders)),
      cwd: target.cwd,
      environment,
      pythonPath: target.python.path,
    },
    signal,
  );
}
