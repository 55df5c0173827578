import type { Behaviour } from '../../shared/behaviour';
import type { RunEventBody } from '../../shared/events';
import type { Plan, VariantPlan } from '../../shared/plan';
import type { Verification } from '../../shared/record';
import { distinctRequests } from '../load/distinctRequests';
import type { LoadResult } from '../load/loadJob';
import { runLoad } from '../load/runLoad';
import { taskGroup } from '../taskGroup';
import { foreignEndpointCode, type EffectiveJudgement } from './judgeEffective';
import { awaitLastFlush } from './awaitLastFlush';
import type { GivenToApp, LiveTarget, LiveTargetOptions } from './liveTarget';
import { openTarget } from './openTarget';
import { lookInside, type SeenInside } from './lookInside';
import type { InspectedApp } from '../inspect/inspectApp';
import { audible } from './sampleRate';
import { toCollector, type TrialDeps } from './trialDeps';
import { tryRoutes, withReadyPage, type RoutesTried } from './tryRoutes';
import { verifyVariant } from './verifyVariant';

/** How long the rehearsal's one user has for asking every endpoint once. */
const rehearsalSeconds = 2;
const trialLoadSeconds = 3;
const requestTimeoutSeconds = 30;
/** Positions of rehearsals stand far behind those of trials, so that keys and request ids never meet. */
const firstPosition = 9000;

export interface RehearsalOptions {
  readonly variant: VariantPlan;
  readonly index: number;
  readonly logFile: string;
  /** Also load it for a moment, to see how much it can serve. */
  readonly measuresCapacity: boolean;
  /** Of a plan whose behaviour is open: makes it one of those of the app's routes that answered well. */
  readonly completePlan: (tried: RoutesTried) => Plan;
  readonly onEvent: (event: RunEventBody) => void;
}

export interface Rehearsal extends SeenInside {
  /** The one that was rehearsed: with a behaviour of the app's own routes where nobody had named one. */
  readonly plan: Plan;
  /** Endpoints that failed, with the reason and what the app answered. */
  readonly failures: readonly { readonly endpoint: string; readonly reason: string; readonly body: string }[];
  /** How many the round over the endpoints asked. */
  readonly requests: number;
  /** Null when the app was not started at all, for what `effective` shows. */
  readonly verification: Verification | null;
  /** Requests per second that it served under a closed loop of 3 s; null when that was not asked for. */
  readonly servedRps: number | null;
}

/** Rejected with where starting the app would be wrong or in vain. */
class NotStarted extends Error {}

/**
 * Reads one variant's effective configuration back, starts it as a trial would, asks each endpoint of the behaviour once, stops it, and
 * looks at what our collector got, wherever the trials will send theirs: every trap that makes a comparison meaningless shows here, before minutes are spent on it. An outage
 * variant is rehearsed without its outage: that its events do arrive in good times is what makes their absence in a trial the outage's
 * doing. A variant whose sample rate lets no event through is rehearsed with all of them let through: it is the one chance to see that
 * Insights is on in it.
 */
export async function rehearse(given: TrialDeps, options: RehearsalOptions, signal: AbortSignal): Promise<Rehearsal> {
  const deps = toCollector(given);
  const variant = audible(options.variant);
  const healthy = { ...options, variant: { ...variant, outage: undefined } };
  let found: SeenInside = { effective: null, judgement: { problems: [], warnings: [] } };
  const beforeStart = async (given: GivenToApp): Promise<void> => {
    found = await lookInside(deps, options, given, signal);
    if (isInVain(deps, found.judgement)) throw new NotStarted();
  };
  try {
    return { ...(await rehearseLive(deps, { ...healthy, beforeStart }, () => found.effective, signal)), ...found };
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    return { plan: deps.plan, failures: [], requests: 0, verification: null, servedRps: null, ...found };
  }
}

/** Nothing gets over another endpoint than ours: what is sent there may be billed. */
function isInVain(deps: TrialDeps, { problems }: EffectiveJudgement): boolean {
  return deps.plan.isForced ? problems.some(({ code }) => code === foreignEndpointCode) : problems.length > 0;
}

async function rehearseLive(
  given: TrialDeps,
  options: RehearsalOptions & Pick<LiveTargetOptions, 'beforeStart'>,
  effectiveOf: () => InspectedApp | null,
  signal: AbortSignal,
): Promise<Omit<Rehearsal, keyof SeenInside>> {
  const target = await openTarget(
    given,
    {
      ...(options.beforeStart && { beforeStart: options.beforeStart }),
      variant: options.variant,
      position: firstPosition + options.index,
      hashSeed: 0,
      logFile: options.logFile,
      exitWait: 'full',
      onPhase: () => undefined,
      onLine: (source, line) => {
        options.onEvent({ type: 'log', source, line });
      },
      onExitWait: (process, elapsedSeconds, limitSeconds) => {
        options.onEvent({ type: 'exit-wait', process, elapsedSeconds, limitSeconds });
      },
    },
    signal,
  );
  const effective = effectiveOf();
  let load: LoadResult;
  let servedRps: number | null = null;
  let deps = given;
  try {
    if (given.plan.isBehaviourOpen) {
      const routes = withReadyPage(effective?.routes ?? [], given.plan.target.readyPath);
      const tried = await tryRoutes(routes, target, signal);
      deps = { ...given, plan: options.completePlan(tried) };
    }
    if (options.measuresCapacity) servedRps = await trialLoad(deps, target, signal);
    load = await guarded(
      deps,
      target,
      { ...jobBase(deps, target), kind: 'scenario', load: oneUser, behaviour: onceThrough(deps.plan.behaviour) },
      signal,
    );
    const { requestIds } = load;
    await awaitLastFlush(deps, { variant: options.variant, kind: 'scenario', target, requestIds, effective }, signal);
  } catch (error) {
    await target.close();
    throw error;
  }
  const { exit } = await target.close();
  signal.throwIfAborted();
  const report = await deps.collector.settle(target.apiKey);
  // The trial load and the round share the ids: those of the last load are what is asked for.
  const verification = verifyVariant(deps, options.variant, {
    kind: 'scenario',
    report,
    requestIds: load.requestIds,
    requestIdPrefix: target.requestIdPrefix,
    exit,
    ...(effective && { effective }),
  });
  const failed = Object.entries(load.endpoints).filter(([, counts]) => counts.failures > 0);
  return {
    plan: deps.plan,
    failures: failed.map(([endpoint, counts]) => ({
      endpoint,
      reason: Object.keys(counts.failureReasons)[0] ?? 'failed',
      body: load.failureSamples.find((sample) => sample.endpoint === endpoint)?.body ?? '',
    })),
    requests: load.requestIds.sent,
    verification,
    servedRps,
  };
}

const oneUser = { type: 'users', users: 1, spawnRatePerSecond: 1 } as const;

function jobBase(deps: TrialDeps, target: LiveTarget) {
  return {
    origin: target.origin,
    requestIdPrefix: target.requestIdPrefix,
    warmupSeconds: 0,
    durationSeconds: rehearsalSeconds,
    timeoutSeconds: requestTimeoutSeconds,
    seed: deps.plan.seed,
    block: 0,
  };
}

async function guarded(
  deps: TrialDeps,
  target: LiveTarget,
  job: Parameters<typeof runLoad>[0],
  signal: AbortSignal,
): Promise<LoadResult> {
  const finished = new AbortController();
  const [result] = await taskGroup(signal, [
    async (inner) => {
      try {
        return await runLoad(job, { entry: deps.generatorEntry, environment: deps.toolEnvironment }, { signal: inner });
      } finally {
        finished.abort();
      }
    },
    async (inner) => target.watch(AbortSignal.any([inner, finished.signal])),
  ]);
  return result;
}

/** What the app can serve: a closed loop over the behaviour's plain requests, under ids that nobody verifies. */
async function trialLoad(deps: TrialDeps, target: LiveTarget, signal: AbortSignal): Promise<number | null> {
  const { capacity } = deps.plan;
  if (!capacity) return null;
  const result = await guarded(
    deps,
    target,
    {
      ...jobBase(deps, target),
      requestIdPrefix: `${target.requestIdPrefix}load`,
      kind: 'capacity',
      connections: capacity.connections,
      requests: capacity.requests,
      headers: deps.plan.behaviour.headers ?? {},
      durationSeconds: trialLoadSeconds,
    },
    signal,
  );
  return (result.requests - result.failures) / Math.max(0.001, result.durationSeconds);
}

/** A load takes redirects for answers; here one has to be looked at, unless it was asked for. */
const successes = Array.from({ length: 100 }, (_, index) => 200 + index);

/** The behaviour's users, asking for every distinct request once, one after the other. */
function onceThrough(behaviour: Behaviour): Behaviour {
  const looked = distinctRequests(behaviour).map((request) => ({ expect: successes, ...request }));
  return {
    ...behaviour,
    waitSeconds: [3600, 3600],
    requests: [{ weight: 1, name: 'once through', steps: looked }],
  };
}
