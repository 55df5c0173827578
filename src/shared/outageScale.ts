import type { Behaviour } from './behaviour';
import { expectedRequestsPerSecond } from './expectedRate';
import { slowAnswerMs, type OutageMode } from './outage';
import type { VariantPlan } from './plan';
import type { Load } from './scenario';

export const sampleRateVariable = 'HONEYBADGER_EVENTS_SAMPLE_RATE';
export const queueSizeVariable = 'HONEYBADGER_EVENTS_MAX_QUEUE_SIZE';
/** How often what is queued is sent, in seconds. */
export const flushVariable = 'HONEYBADGER_EVENTS_TIMEOUT';
export const throttleWaitVariable = 'HONEYBADGER_EVENTS_THROTTLE_WAIT';

/** honeybadger's own (1.3.0, config.py). */
export const defaultQueueSize = 10_000;
export const defaultThrottleWaitSeconds = 60;
export const defaultFlushSeconds = 5;
const leastQueueSize = 10;

/** After this long the app is killed, whatever it waits for; honeybadger's exit hook holds it for up to 2 × 60 s. */
export const exitWaitSeconds = 130;
/** How long an app has whose exit wait is known already: enough for ending without one. */
export const shortExitWaitSeconds = 3;

/** What of a plan the scale follows from. */
export interface ScaledPlan {
  readonly scenario: { readonly load: Load };
  readonly behaviour: Behaviour;
  readonly trialSeconds: number;
}

type Values = Readonly<Record<string, string | undefined>>;

/**
 * What an outage variant gets on top of its environment, so that a trial of seconds shows what would take minutes: a queue that is full by
 * the middle of the trial (at one event per request; most apps send more), and a throttle wait of a quarter of a trial. Only where the
 * outage would not show by itself: while Honeybadger hangs or throttles, events pile up for ever; any other failure throws a batch
 * away after three tries, 5 s apart, and a slow answer loses nothing. `own` are the variables that the app gets anyway: what stands there was
 * asked for, and stays.
 */
export function outageScale(plan: ScaledPlan, variant: VariantPlan, own: Values): Readonly<Record<string, string>> {
  if (variant.outage !== '429' && variant.outage !== 'hang') return {};
  const scaled: Record<string, string> = {};
  const queueSize = scaledQueueSize(plan, own);
  if (own[queueSizeVariable] === undefined && queueSize < defaultQueueSize) {
    scaled[queueSizeVariable] = String(queueSize);
  }
  const waitSeconds = Math.max(1, Math.round(plan.trialSeconds / 4));
  if (own[throttleWaitVariable] === undefined && waitSeconds < defaultThrottleWaitSeconds) {
    scaled[throttleWaitVariable] = String(waitSeconds);
  }
  return scaled;
}

/**
 * Seconds that the app's exit is expected to take in an outage, by what honeybadger 1.3.0 does (events_worker.py): it joins its thread for
 * 2 × max(timeout, throttle wait), which throttled or hanging takes in full; after other errors the thread ends with the third try.
 */
export function expectedExitSeconds(plan: ScaledPlan, variant: VariantPlan): number {
  if (variant.outage === undefined) return 0;
  const environment = { ...variant.environment, ...outageScale(plan, variant, variant.environment) };
  const timeoutSeconds = numberOf(environment[flushVariable], defaultFlushSeconds);
  const throttleSeconds = numberOf(environment[throttleWaitVariable], defaultThrottleWaitSeconds);
  const joinSeconds = 2 * Math.max(timeoutSeconds, throttleSeconds);
  return Math.min(exitWaitSeconds, exitSeconds(variant.outage, timeoutSeconds, joinSeconds));
}

/** The same once it was measured: it is cut short then, but for a slow Honeybadger, which still takes what it is sent. */
export function knownExitSeconds(plan: ScaledPlan, variant: VariantPlan): number {
  const seconds = expectedExitSeconds(plan, variant);
  return variant.outage === 'slow' ? seconds : Math.min(shortExitWaitSeconds, seconds);
}

function exitSeconds(mode: OutageMode, timeoutSeconds: number, joinSeconds: number): number {
  if (mode === '429' || mode === 'hang') return joinSeconds;
  return mode === 'slow' ? slowAnswerMs / 1000 : 2 * timeoutSeconds;
}

function scaledQueueSize(plan: ScaledPlan, own: Values): number {
  const keptShare = numberOf(own[sampleRateVariable], 100) / 100;
  const eventsPerSecond = expectedRequestsPerSecond(plan.scenario.load, plan.behaviour) * keptShare;
  return Math.max(leastQueueSize, Math.ceil((eventsPerSecond * plan.trialSeconds) / 2));
}

/** A variable's number, or what stands in for one that is not set or none. */
function numberOf(value: string | undefined, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isFinite(number) && value?.trim() !== '' ? number : otherwise;
}
