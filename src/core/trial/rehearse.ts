import type { Behaviour, RequestSpec } from '../../shared/behaviour';
import type { RunEventBody } from '../../shared/events';
import type { VariantPlan } from '../../shared/plan';
import type { Verification } from '../../shared/record';
import type { LoadResult } from '../load/loadJob';
import { runLoad } from '../load/runLoad';
import { taskGroup } from '../taskGroup';
import { openTarget, type LiveTarget } from './liveTarget';
import { verifyVariant } from './runTrial';
import type { TrialDeps } from './trialDeps';

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
  readonly onEvent: (event: RunEventBody) => void;
}

export interface Rehearsal {
  /** Endpoints that failed, with the reason and what the app answered. */
  readonly failures: readonly { readonly endpoint: string; readonly reason: string; readonly body: string }[];
  readonly verification: Verification;
  /** Requests per second that it served under a closed loop of 3 s; null when that was not asked for. */
  readonly servedRps: number | null;
}

/**
 * Starts one variant as a trial would, asks each endpoint of the behaviour once, stops it, and looks at what the collector got: every trap that
 * makes a comparison meaningless shows here, before minutes are spent on it. An outage variant is rehearsed without its outage: that its
 * events do arrive in good times is what makes their absence in a trial the outage's doing.
 */
export async function rehearse(deps: TrialDeps, options: RehearsalOptions, signal: AbortSignal): Promise<Rehearsal> {
  const variant = { ...options.variant, outage: undefined };
  const target = await openTarget(
    deps,
    {
      variant,
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
  let load: LoadResult;
  let servedRps: number | null = null;
  try {
    if (options.measuresCapacity) servedRps = await trialLoad(deps, target, signal);
    load = await guarded(
      deps,
      target,
      { ...jobBase(deps, target), kind: 'scenario', load: oneUser, behaviour: onceThrough(deps.plan.behaviour) },
      signal,
    );
  } finally {
    await target.close();
  }
  signal.throwIfAborted();
  const report = await deps.collector.report(target.apiKey);
  // The trial load and the round share the ids: those of the last load are what is asked for.
  const verification = verifyVariant(deps, variant, {
    kind: 'scenario',
    report,
    requestIds: load.requestIds,
    requestIdPrefix: target.requestIdPrefix,
  });
  const failed = Object.entries(load.endpoints).filter(([, counts]) => counts.failures > 0);
  return {
    failures: failed.map(([endpoint, counts]) => ({
      endpoint,
      reason: Object.keys(counts.failureReasons)[0] ?? 'failed',
      body: load.failureSamples.find((sample) => sample.endpoint === endpoint)?.body ?? '',
    })),
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

/** The behaviour's users, asking for every distinct request once, one after the other. */
function onceThrough(behaviour: Behaviour): Behaviour {
  const requests = new Map<string, RequestSpec>();
  for (const action of behaviour.requests) {
    if ('pick' in action) continue;
    if ('steps' in action) {
      for (const step of action.steps) if (typeof step !== 'string') requests.set(step.name, step);
      continue;
    }
    const { weight: _weight, repeat: _repeat, ...request } = action;
    requests.set(request.name, request);
  }
  return {
    ...behaviour,
    waitSeconds: [3600, 3600],
    requests: [{ weight: 1, name: 'once through', steps: [...requests.values()] }],
  };
}
