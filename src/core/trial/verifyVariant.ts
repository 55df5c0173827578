import { isCollector } from '../../shared/endpoint';
import { insightsSwitch } from '../../shared/insightsSwitch';
import type { TrialRef } from '../../shared/events';
import type { VariantPlan } from '../../shared/plan';
import type { Exit, Verification } from '../../shared/record';
import type { CollectorReport } from '../collector/collectorReport';
import type { TrialToVerify } from '../collector/trialToVerify';
import { verifyTrial } from '../collector/verifyTrial';
import { queueLimitOf, type InspectedApp } from '../inspect/inspectApp';
import type { LoadResult } from '../load/loadJob';
import { flushSecondsOf, longestFlushSeconds, losesQueueAtExit } from './exitHooks';
import { isAboutInsights } from './injectedEnvironment';
import { sampleRateOf } from './sampleRate';
import { isCollectorUnreached, type TrialDeps } from './trialDeps';

/** Judges what arrived against what this variant's own switches say must have. */
export function verifyVariant(
  deps: TrialDeps,
  variant: VariantPlan,
  seen: {
    readonly kind: TrialRef['kind'];
    readonly report: CollectorReport;
    readonly requestIds: LoadResult['requestIds'];
    readonly requestIdPrefix: string;
    /** Read back just now; left out: as the rehearsal read it. */
    readonly effective?: InspectedApp;
    /** Left out: it has not ended yet. */
    readonly exit?: Exit;
    readonly droppedByApp?: number;
  },
): Verification {
  const { environment } = variant;
  const effective = seen.effective ?? deps.effective?.get(variant.name);
  return verifyTrial({
    report: seen.report,
    requestIds: seen.requestIds,
    requestIdPrefix: seen.requestIdPrefix,
    insights: insightsOf(deps, variant),
    sampleRate: sampleRateOf(variant, effective),
    requestEventsExpected: deps.plan.target.framework !== 'unknown',
    outage: variant.outage,
    context: {
      kind: seen.kind,
      insightsEnabledValue: environment[insightsSwitch] ?? null,
      debugValue: debugValue(environment, effective),
      framework: deps.plan.target.framework,
      forceReportDataValue: 'true',
      environmentValue: environment['HONEYBADGER_ENVIRONMENT'] ?? null,
      apiKeyPresent: true,
      command: deps.plan.target.command,
      ...(effective && {
        isPreloading: effective.isPreloading,
        isReloading: effective.isReloading,
        package: effective.package,
        queueLimit: queueLimitOf(effective),
      }),
      ...(seen.exit && {
        wasKilled: seen.exit.forced,
        lostItsQueue: hasLostQueue(deps, variant, effective, seen.exit),
      }),
      ...(seen.droppedByApp === undefined ? {} : { droppedByApp: seen.droppedByApp }),
    },
  });
}

function insightsOf(deps: TrialDeps, { insightsEnabled }: VariantPlan): TrialToVerify['insights'] {
  const { plan, endpoint } = deps;
  if (isCollectorUnreached(deps)) return 'unseen';
  if (!isCollector(endpoint)) return 'elsewhere';
  if (!isAboutInsights(plan)) return 'unknown';
  return insightsEnabled === true ? 'on' : 'off';
}

/** Ended by a signal, without Python's exit hooks, and nobody had waited for what it had queued (`awaitLastFlush`). */
function hasLostQueue(
  { plan }: TrialDeps,
  variant: VariantPlan,
  effective: InspectedApp | undefined,
  { forced, signal }: Exit,
): boolean {
  const isWaitedFor = losesQueueAtExit(plan.target) && flushSecondsOf(variant, effective) <= longestFlushSeconds;
  return !forced && signal !== null && !isWaitedFor;
}

function debugValue(environment: VariantPlan['environment'], effective: InspectedApp | undefined): string | null {
  const given = environment['DEBUG'] ?? environment['FLASK_DEBUG'] ?? environment['DJANGO_DEBUG'] ?? null;
  if (effective === undefined || effective.isDebug === null) return given;
  return effective.isDebug ? 'True' : null;
}
