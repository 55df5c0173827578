import { appServerOf } from '../../shared/appServer';
import { defaultFlushSeconds, flushVariable } from '../../shared/outageScale';
import type { TargetPlan, VariantPlan } from '../../shared/plan';
import type { InspectedApp } from '../inspect/inspectApp';

/** A last flush is waited for as long as this at most, however seldom the app sends. */
export const longestFlushSeconds = 30;

/**
 * Whether its server ends without Python's exit hooks, in which Honeybadger sends what it has queued: uvicorn, once it has ended well, puts back
 * the signal handlers of before it loaded the app (without Honeybadger's own) and raises SIGTERM again. Its workers under gunicorn do not: they
 * find Honeybadger's in place.
 */
export function losesQueueAtExit({ command }: Pick<TargetPlan, 'command'>): boolean {
  return appServerOf(command) === 'uvicorn';
}

/** Seconds between two flushes: what the loaded app itself uses, or else what its variant is given. */
export function flushSecondsOf({ environment }: Pick<VariantPlan, 'environment'>, effective?: InspectedApp): number {
  const seconds = Number(effective?.config['events_timeout'] ?? environment[flushVariable] ?? defaultFlushSeconds);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : defaultFlushSeconds;
}
