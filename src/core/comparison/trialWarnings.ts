import { isHealthy } from '../../shared/outage';
import type { Plan } from '../../shared/plan';
import { fewestBlocks } from '../../shared/effects/effectFigures';
import { findDisturbances } from '../../shared/effects/blockAttempts';
import type { CapacityTrial, Trial, Warning } from '../../shared/record';
import { generatorWarnings } from './generatorWarnings';

/** What the trials themselves say against trusting them: each a cause and one action, each once. */
export function trialWarnings(plan: Plan, trials: readonly Trial[], capacity: readonly CapacityTrial[]): Warning[] {
  return [
    ...generatorWarnings(trials, capacity),
    disturbed(trials, capacity),
    throttled([...trials, ...capacity]),
    forcedStops([...trials, ...capacity]),
    cutShortExits([...trials, ...capacity]),
    failingRequests(plan, trials),
    tasksLeft(trials),
    rowsDiffer(plan, trials),
    lostInCapacity(plan, capacity),
    lateEvents([...trials, ...capacity]),
    unverified(plan, trials),
    coarseClock(trials),
    fewBlocks(plan),
  ].filter((warning) => warning !== null);
}

function disturbed(trials: readonly Trial[], capacity: readonly CapacityTrial[]): Warning | null {
  const { blocks, repeated, disturbed: left } = findDisturbances({ trials, capacity });
  if (repeated.size === 0 && left.size === 0) return null;
  const who = 'other programs or other virtual machines took the CPU';
  const of = blocks === 1 ? 'the only block' : `${blocks} blocks`;
  const outcome = left.size === 0 ? 'no block stayed disturbed' : `${left.size} stayed disturbed`;
  return {
    code: 'disturbed',
    message:
      repeated.size === 0
        ? `${left.size} of ${of} ran while ${who}`
        : `${repeated.size} of ${of} ${repeated.size === 1 ? 'was' : 'were'} repeated because ${who}; ${outcome}`,
    advice:
      left.size === 0
        ? 'Nothing to do: the repetitions count, and both attempts are kept.'
        : 'Close other programs and run it again; intervals are wider than they need be.',
  };
}

/** Fewer may be a start of the app's within the window, or the engine's own moment. */
const throttlingShare = 0.05;

function throttled(trials: readonly Pick<Trial, 'machine'>[]): Warning | null {
  const shares = trials.map(({ machine }) => machine.throttledPeriodShare ?? 0);
  const concerned = shares.filter((share) => share > throttlingShare);
  if (concerned.length === 0) return null;
  return {
    code: 'throttled',
    message: `A quota of CPU time held app and load back in ${concerned.length} of ${trials.length} trials: in up to ${Math.round(100 * Math.max(...concerned))} % of its periods it was used up, and everything waited for the next one`,
    advice:
      "Raise it (docker: --cpus, Kubernetes: limits.cpu) or ask for less load: latency and capacity tell of the quota as much as of the app's cost.",
  };
}

function forcedStops(trials: readonly Pick<Trial, 'exit' | 'variant'>[]): Warning | null {
  const forced = trials.filter(({ exit }) => exit.forced && exit.forcedReason === undefined);
  if (forced.length === 0) return null;
  return {
    code: 'forced_stop',
    message: `${forced.length} times the app did not end by itself and was killed (${variantsOf(forced)})`,
    advice: 'Look at the end of the trial logs; what it had still to send is lost.',
  };
}

/** Our doing, not the app's: its exit in an outage had been waited for once. */
function cutShortExits(trials: readonly Pick<Trial, 'exit' | 'variant'>[]): Warning | null {
  const cut = trials.filter(({ exit }) => exit.forcedReason === 'exit_wait_measured_once');
  if (cut.length === 0) return null;
  return {
    code: 'outage_exit_cut_short',
    message: `What an outage adds to the app's exit was waited for once, and cut short in ${cut.length === 1 ? '1 more trial' : `${cut.length} more trials`} (${variantsOf(cut)})`,
    advice: 'Nothing to do: shutdown_ms of such a variant is the one that was waited for.',
  };
}

function failingRequests(plan: Plan, trials: readonly Trial[]): Warning | null {
  const requests = trials.reduce((sum, trial) => sum + trial.requests, 0);
  const failures = trials.reduce((sum, trial) => sum + trial.failures, 0);
  if (requests === 0 || failures / requests <= 0.01) return null;
  const reasons = new Map<string, number>();
  for (const { endpoints } of trials) {
    for (const [endpoint, { failureReasons }] of Object.entries(endpoints)) {
      for (const [reason, count] of Object.entries(failureReasons)) {
        const key = `${endpoint}: ${reason}`;
        reasons.set(key, (reasons.get(key) ?? 0) + count);
      }
    }
  }
  const [most] = [...reasons].sort(([, a], [, b]) => b - a);
  return {
    code: 'failing_requests',
    message: `${((failures / requests) * 100).toFixed(1)} % of the requests failed, most often ${most?.[0] ?? 'unknown'}`,
    advice: `Correct the behaviour ${plan.scenario.behaviourName} or the app: failed requests cost something else than served ones.`,
  };
}

/** Fewer are on their way at any time. */
const usualBacklog = 20;

/** A worker that does not keep up does less work beside the app than it should: its tasks end with the trial. */
function tasksLeft(trials: readonly Trial[]): Warning | null {
  const left = trials.flatMap(({ variant, backlog }) => {
    const count = Object.values(backlog ?? {}).reduce((sum, each) => sum + each, 0);
    return count > usualBacklog ? [{ variant, count }] : [];
  });
  const most = Math.max(0, ...left.map(({ count }) => count));
  if (most === 0) return null;
  return {
    code: 'tasks_left',
    message: `The worker did not keep up: up to ${most} tasks waited in the queue when the load had ended, in ${left.length} of ${trials.length} trials (${variantsOf(left)}); they were never run`,
    advice: 'Give the worker more concurrency, or ask for fewer tasks.',
  };
}

/** Of the rows that each request adds; the same requests are sent to every variant, so the difference is the app's. */
const largestRowDifference = 0.05;
/** Fewer rows are what was on its way when a trial ended. */
const fewestRowsApart = 20;

/** Lost tasks and failed writes show in the database even where no request has failed. */
function rowsDiffer(plan: Plan, trials: readonly Trial[]): Warning | null {
  const added = plan.variants.flatMap(({ name }) => {
    const own = trials.filter(({ variant, rowsAdded }) => variant === name && rowsAdded !== undefined);
    const requests = own.reduce((sum, { requestsSent }) => sum + requestsSent, 0);
    const rows = own.flatMap(({ rowsAdded = {} }) => Object.values(rowsAdded)).reduce((sum, each) => sum + each, 0);
    return requests === 0 ? [] : [{ name, rows, perRequest: rows / requests, requests }];
  });
  const [baseline, ...others] = added;
  if (!baseline) return null;
  const apart = others.find(({ perRequest, requests }) => {
    const difference = Math.abs(perRequest - baseline.perRequest);
    return difference > largestRowDifference * Math.abs(baseline.perRequest) && difference * requests > fewestRowsApart;
  });
  if (!apart) return null;
  const per1000 = (perRequest: number): string => (1000 * perRequest).toFixed(1);
  return {
    code: 'rows_differ',
    message: `The variants did not do the same work: per 1,000 requests ${baseline.name} added ${per1000(baseline.perRequest)} rows to its database, ${apart.name} ${per1000(apart.perRequest)}`,
    advice: 'Look for failed tasks and writes in the trial logs: what is not done costs nothing.',
  };
}

function lostInCapacity(plan: Plan, capacity: readonly CapacityTrial[]): Warning | null {
  const well = new Set(plan.variants.filter(isHealthy).map(({ name }) => name));
  const healthy = capacity.filter(({ variant }) => well.has(variant));
  const lost = healthy.reduce((sum, { verification }) => sum + Math.max(verification.missing, verification.dropped), 0);
  if (lost === 0) return null;
  return {
    code: 'events_lost_at_capacity',
    message: `${lost} events were lost in capacity trials: Honeybadger's queue overflows when the app is busy, so its cost there is an underestimate`,
    advice: 'Raise HONEYBADGER_EVENTS_MAX_QUEUE_SIZE in all variants to see the full cost.',
  };
}

function lateEvents(trials: readonly Pick<Trial, 'verification' | 'variant'>[]): Warning | null {
  const concerned = trials.filter(({ verification }) => (verification.late ?? 0) > 0);
  if (concerned.length === 0) return null;
  const late = concerned.reduce((sum, { verification }) => sum + (verification.late ?? 0), 0);
  return {
    code: 'late_events',
    message: `${late} events or notices came after their trial had been judged (${variantsOf(concerned)}): a process of the app outlived it, and used CPU in a later trial`,
    advice: 'Let every process of the app end with it: look for daemons that it starts.',
  };
}

function unverified(plan: Plan, trials: readonly Trial[]): Warning | null {
  const isOn = plan.variants.some(({ insightsEnabled }) => insightsEnabled === true);
  const open = trials.find(({ verification }) => verification.ok === null);
  if (!isOn || !open) return null;
  return {
    code: 'unverified',
    message: `Whether telemetry really arrived could not be checked: ${open.verification.reason ?? 'the app sends no request ids'}`,
    advice: open.verification.advice ?? 'Look at events_per_request: it must not be zero.',
  };
}

function coarseClock(trials: readonly Trial[]): Warning | null {
  if (!trials.some(({ cpuClock }) => cpuClock !== 'posix')) return null;
  return {
    code: 'coarse_cpu_clock',
    message: "CPU time was read from the kernel's 10-ms ticks in some trials",
    advice: "Make sure that the app's Python can be started beside it; figures at low rates are less exact.",
  };
}

function fewBlocks(plan: Plan): Warning | null {
  if (plan.blocks >= fewestBlocks) return null;
  return {
    code: 'few_blocks',
    message: `With ${plan.blocks === 1 ? 'one block' : 'two blocks'} nothing can be said about chance: no interval, no verdict`,
    advice: `Use at least --blocks ${fewestBlocks}.`,
  };
}

/** The variants of some trials, each once: `a, b`. */
function variantsOf(trials: readonly Pick<Trial, 'variant'>[]): string {
  return [...new Set(trials.map(({ variant }) => variant))].join(', ');
}
