import type { Plan } from '../../shared/plan';
import type { CapacityTrial, Trial, Warning } from '../../shared/record';
import { generatorWarnings } from './generatorWarnings';

/** What the trials themselves say against trusting them: each a cause and one action, each once. */
export function trialWarnings(plan: Plan, trials: readonly Trial[], capacity: readonly CapacityTrial[]): Warning[] {
  return [
    ...generatorWarnings(trials, capacity),
    disturbed(trials),
    forcedStops([...trials, ...capacity]),
    failingRequests(plan, trials),
    lostInCapacity(capacity),
    unverified(plan, trials),
    coarseClock(trials),
    fewBlocks(plan),
  ].filter((warning) => warning !== null);
}

function disturbed(trials: readonly Trial[]): Warning | null {
  const count = trials.filter((trial) => trial.disturbed).length;
  if (count === 0) return null;
  return {
    code: 'disturbed',
    message: `${count} of ${trials.length} trials ran while other programs or other virtual machines took the CPU`,
    advice: 'Close other programs and run it again; intervals are wider than they need be.',
  };
}

function forcedStops(trials: readonly Pick<Trial, 'exit' | 'variant'>[]): Warning | null {
  const forced = trials.filter(({ exit }) => exit.forced);
  if (forced.length === 0) return null;
  const variants = [...new Set(forced.map(({ variant }) => variant))].join(', ');
  return {
    code: 'forced_stop',
    message: `${forced.length} times the app did not end by itself and was killed (${variants})`,
    advice: 'Look at the end of the trial logs; what it had still to send is lost.',
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

function lostInCapacity(capacity: readonly CapacityTrial[]): Warning | null {
  const lost = capacity.reduce((sum, { verification }) => sum + verification.missing, 0);
  if (lost === 0) return null;
  return {
    code: 'events_lost_at_capacity',
    message: `${lost} events were lost in capacity trials: Honeybadger's queue overflows when the app is busy, so its cost there is an underestimate`,
    advice: 'Raise HONEYBADGER_EVENTS_MAX_QUEUE_SIZE in all variants to see the full cost.',
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
  if (plan.blocks >= 3) return null;
  return {
    code: 'few_blocks',
    message: `With ${plan.blocks === 1 ? 'one block' : 'two blocks'} nothing can be said about chance: no interval, no verdict`,
    advice: 'Use at least --blocks 3.',
  };
}
