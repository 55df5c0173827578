import type { RunOutcome } from '../../shared/events';
import type { CodePlan, Plan } from '../../shared/plan';
import type { ComparisonRecord, Warning } from '../../shared/record';
import { exitCodes, UserError } from '../../shared/userError';
import { createRunFolder, type RunFolder } from '../history/runFolder';
import type { PlannedComparison } from '../project/makePlans';
import { stopWords } from '../runStopped';
import { summarisePlan, type ComparisonState } from './buildRecord';
import type { ComparisonDeps, ComparisonOptions } from './comparisonDeps';
import { describeMachine, describeSoftware, hashEnvironment, unknownSoftware } from './describeMachine';
import { orderOf } from './drawOrder';
import { keepNoise, knownNoise } from './keepNoise';
import { openSession, type Session } from './openSession';
import { outageWarnings } from './outageWarnings';
import { preflight } from './preflight';
import { RecordKeeper } from './recordKeeper';
import { runBlocks } from './runBlocks';
import { notAcceptedCode } from './sendingFindings';
import { startLocust } from './startLocust';
import { TimePlan } from './timePlan';
import { shownInjected } from '../trial/injectedEnvironment';
import { foreignEndpointCode, shownEffective } from '../trial/judgeEffective';
import type { TrialDeps } from '../trial/trialDeps';

export interface ComparisonResult {
  readonly outcome: RunOutcome;
  readonly exitCode: number;
  readonly record: ComparisonRecord | null;
  readonly folder: RunFolder;
  readonly error: unknown;
}

/**
 * One comparison from plan to record. Never rejects once its folder exists: what went wrong stands in the result, after everything it
 * started has ended. The record on disk is `partial` from the first finished trial on.
 */
export async function runComparison(
  planned: PlannedComparison,
  deps: ComparisonDeps,
  options: ComparisonOptions,
): Promise<ComparisonResult> {
  const { plan } = planned;
  const createdAt = new Date(deps.now());
  const folder = await createRunFolder({
    resultsFolder: options.resultsFolder,
    target: plan.target.name,
    scenario: plan.purpose === 'aa' ? `aa-${plan.scenario.name}` : plan.scenario.name,
    now: createdAt,
  });
  const keeper = new RecordKeeper(folder, initialState(planned, deps, folder, createdAt), options.onEvent);
  announceStart(plan, keeper.state, folder, deps, options);
  try {
    const reason = await withSession(plan, deps, options, keeper);
    if (reason !== null)
      return await finish(keeper, { status: 'invalid', outcomeReason: reason }, 'invalid', exitCodes.invalid);
    const judged = judgeStatus(keeper.state);
    await keepOwnNoise({ ...keeper.state, ...judged }, keeper, options);
    return await finish(keeper, judged, null, null);
  } catch (error) {
    return await finishWithError(keeper, options, error);
  }
}

function initialState(
  { plan, notes }: PlannedComparison,
  deps: ComparisonDeps,
  folder: RunFolder,
  createdAt: Date,
): ComparisonState {
  return {
    id: folder.id,
    createdAt: createdAt.toISOString(),
    toolVersion: deps.toolVersion,
    plan,
    order: orderOf(plan),
    variants: plan.variants.map(({ name, envFiles, environment, outage, code }) => ({
      name,
      envFiles: [...envFiles],
      envHash: hashEnvironment(environment),
      injected: {},
      ...(outage === undefined ? {} : { outage }),
      ...(code === undefined ? {} : { code: shownCode(code) }),
    })),
    machine: describeMachine(),
    software: unknownSoftware,
    trials: [],
    capacity: [],
    warnings: notes,
    status: 'partial',
  };
}

/** What the record tells of a variant's code before its packages are known. */
function shownCode({ revision, requirements }: CodePlan): NonNullable<ComparisonRecord['variants'][number]['code']> {
  return {
    ...(revision === null ? {} : { revision: revision.name, commit: revision.commit, hasChanges: revision.isWorkTree }),
    requirements: [...requirements],
    packages: {},
  };
}

function announceStart(
  plan: Plan,
  state: ComparisonState,
  folder: RunFolder,
  deps: ComparisonDeps,
  options: ComparisonOptions,
): void {
  options.onEvent({
    type: 'comparison-started',
    id: folder.id,
    folder: folder.path,
    plan: summarisePlan(plan, state.order),
    variants: plan.variants.map(({ name }) => name),
    estimatedSeconds: new TimePlan(plan, deps.now).estimate(state.order.flat()),
  });
  for (const warning of state.warnings) options.onEvent({ type: 'warning', warning });
}

/** Opens the session, checks, runs all blocks, closes it. Returns why the comparison means nothing, or null. */
async function withSession(
  plan: Plan,
  deps: ComparisonDeps,
  options: ComparisonOptions,
  keeper: RecordKeeper,
): Promise<string | null> {
  const session = await openSession(plan, deps, options);
  session.deps.guard.onReplaced(() => {
    keeper.warn({
      code: 'guard_replaced',
      message: 'The process that cleans up after a crash had ended; another one was put in its place',
      advice: 'Nothing to do, unless something on this machine kills processes.',
    });
  });
  try {
    return await measure(session, plan, deps, options, keeper);
  } finally {
    await session.close();
  }
}

async function measure(
  session: Session,
  plan: Plan,
  deps: ComparisonDeps,
  options: ComparisonOptions,
  keeper: RecordKeeper,
): Promise<string | null> {
  const software = await describeSoftware(plan, session.deps.codes);
  const { packages, warnings } = session.opened;
  for (const warning of warnings) keeper.warn(warning);
  const variants = keeper.state.variants.map((variant) =>
    variant.code ? { ...variant, code: { ...variant.code, packages: { ...packages.get(variant.name) } } } : variant,
  );
  keeper.update({ software, variants: withInjected(variants, session.deps) });
  const { onEvent } = options;
  const logFileOf = (variant: string): string => keeper.folder.preflightLog(variant);
  const checked = await preflight(
    session.deps,
    { software, logFileOf, tellsAll: false, onWarning: (warning) => keeper.warn(warning), onEvent },
    options.signal,
  );
  keeper.update({
    plan: checked.plan,
    sources: [...checked.sources],
    variants: keeper.state.variants.map((variant) => {
      const effective = checked.effective.get(variant.name);
      return effective?.package === 'loaded' ? { ...variant, effective: shownEffective(effective) } : variant;
    }),
  });
  for (const warning of checked.warnings) keeper.warn(warning);
  const [problem] = checked.problems;
  if (problem) {
    for (const each of checked.problems) keeper.warn(each);
    const final = checked.problems.find(({ code }) => code === foreignEndpointCode || code === notAcceptedCode);
    const reason = plan.isForced ? final : problem;
    if (reason) return `${reason.message}. ${reason.advice}`;
  }
  const adapted = adaptRate(checked.plan, checked.servedRps);
  const trialDeps = { ...session.deps, plan: adapted };
  if (adapted !== checked.plan) {
    // What an outage variant is given follows from the rate.
    keeper.update({ plan: adapted, variants: withInjected(keeper.state.variants, trialDeps) });
    keeper.warn(rateLowered(checked.plan, adapted, checked.servedRps ?? 0));
  }
  // Not before the rate is known: the noise of another rate is another noise.
  if (plan.purpose !== 'aa') keeper.update({ noise: await knownNoise(keeper.state, options.resultsFolder) });
  for (const warning of outageWarnings(adapted, session.deps.inheritedEnvironment)) keeper.warn(warning);
  const locust = await startLocust(trialDeps, keeper, deps, options);
  try {
    const loaded = {
      ...trialDeps,
      ...(locust === null ? {} : { locust, plan: keeper.state.plan }),
      effective: checked.effective,
    };
    return await runBlocks(loaded, keeper, options, new TimePlan(adapted, deps.now));
  } finally {
    await locust?.close();
  }
}

/** The record's variants with what each is given by us. */
function withInjected(variants: ComparisonState['variants'], deps: TrialDeps): ComparisonState['variants'] {
  return variants.map((variant, index) => {
    const planned = deps.plan.variants[index];
    return planned ? { ...variant, injected: shownInjected(deps, planned) } : variant;
  });
}

/** A fixed rate beyond half of what the app can serve would measure its queue: `quick` halves it. */
function adaptRate(plan: Plan, servedRps: number | null): Plan {
  const { load } = plan.scenario;
  if (servedRps === null || load.type !== 'rate' || load.ratePerSecond <= servedRps / 2) return plan;
  const ratePerSecond = Math.max(1, Math.floor(servedRps / 2));
  return { ...plan, scenario: { ...plan.scenario, load: { ...load, ratePerSecond } } };
}

function rateLowered(before: Plan, after: Plan, servedRps: number): Warning {
  const rateOf = ({ scenario }: Plan): number => (scenario.load.type === 'rate' ? scenario.load.ratePerSecond : 0);
  return {
    code: 'rate_lowered',
    message: `The rate is ${rateOf(after)} requests/s instead of ${rateOf(before)}: half of the ${Math.round(servedRps)} that the app served in a 3-s trial load`,
    advice: 'Name a rate of your own with --rate N.',
  };
}

/** An A/A run that cannot be kept is one all the same. */
async function keepOwnNoise(state: ComparisonState, keeper: RecordKeeper, options: ComparisonOptions): Promise<void> {
  if (state.plan.purpose !== 'aa') return;
  try {
    keeper.update({ noise: await keepNoise(state, options.resultsFolder) });
  } catch (error) {
    keeper.warn({
      code: 'noise_not_kept',
      message: `What this machine's noise is could not be kept for later comparisons: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'Make the folder noise, below the results folder, writable.',
    });
  }
}

function judgeStatus(state: ComparisonState): Pick<ComparisonState, 'status' | 'outcomeReason'> {
  const failed = [...state.trials, ...state.capacity].find(({ verification }) => verification.ok === false);
  if (!failed) return { status: 'complete' };
  const { reason, advice } = failed.verification;
  return {
    status: 'invalid',
    outcomeReason: `${failed.variant}: ${reason ?? 'telemetry was not as expected'}. ${advice ?? ''}`.trim(),
  };
}

async function finish(
  keeper: RecordKeeper,
  update: Pick<ComparisonState, 'status' | 'outcomeReason'>,
  outcome: RunOutcome | null,
  exitCode: number | null,
): Promise<ComparisonResult> {
  keeper.update(update);
  const record = await keeper.save();
  const code =
    exitCode ??
    (update.status === 'invalid'
      ? exitCodes.invalid
      : record.budgets.some(({ result }) => result === 'fail')
        ? exitCodes.budgetFailed
        : exitCodes.done);
  return { outcome: outcome ?? update.status, exitCode: code, record, folder: keeper.folder, error: null };
}

async function finishWithError(
  keeper: RecordKeeper,
  options: ComparisonOptions,
  error: unknown,
): Promise<ComparisonResult> {
  const isStopped = options.signal.aborted;
  const reason = isStopped ? stopWords(options.signal) : error instanceof Error ? error.message : String(error);
  const hasTrials = keeper.state.trials.length + keeper.state.capacity.length > 0;
  keeper.update({ status: 'partial', outcomeReason: reason });
  const record = hasTrials ? await keeper.save() : null;
  const exitCode = isStopped ? exitCodes.stopped : error instanceof UserError ? error.exitCode : exitCodes.bug;
  return {
    outcome: isStopped ? 'partial' : 'failed',
    exitCode,
    record,
    folder: keeper.folder,
    error: isStopped ? null : error,
  };
}
