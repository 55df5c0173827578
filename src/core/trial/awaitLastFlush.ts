import { setTimeout as wait } from 'node:timers/promises';
import { isCollector } from '../../shared/endpoint';
import { isHealthy } from '../../shared/outage';
import type { VariantPlan } from '../../shared/plan';
import type { InspectedApp } from '../inspect/inspectApp';
import { flushSecondsOf, longestFlushSeconds, losesQueueAtExit } from './exitHooks';
import type { LiveTarget } from './liveTarget';
import { isSilent } from './sampleRate';
import { isCollectorUnreached, type TrialDeps } from './trialDeps';
import { verifyVariant } from './verifyVariant';

const pollMs = 200;
/** From the timer's end to the last event in our collector. */
const flushMarginSeconds = 1;

/**
 * With an app that would lose its last events when it is told to end: waits until they have been sent. As long as one flush may take (30 s at
 * most), less where every event that is expected has come before. Nothing is measured meanwhile.
 */
export async function awaitLastFlush(
  deps: TrialDeps,
  seen: Pick<Parameters<typeof verifyVariant>[2], 'kind' | 'requestIds'> & {
    readonly variant: VariantPlan;
    readonly target: LiveTarget;
    /** Read back just now; left out: as the rehearsal read it. */
    readonly effective?: InspectedApp | null;
  },
  signal: AbortSignal,
): Promise<void> {
  const { variant, target, kind, requestIds } = seen;
  if (!losesQueueAtExit(deps.plan.target) || !isCollector(deps.endpoint) || isCollectorUnreached(deps)) return;
  if (variant.insightsEnabled !== true || isSilent(variant) || !isHealthy(variant)) return;
  const effective = seen.effective ?? deps.effective?.get(variant.name);
  const limitSeconds = Math.min(longestFlushSeconds, flushSecondsOf(variant, effective)) + flushMarginSeconds;
  const untilMs = performance.now() + limitSeconds * 1000;
  while (performance.now() < untilMs) {
    const { expected, missing } = verifyVariant(deps, variant, {
      kind,
      requestIds,
      requestIdPrefix: target.requestIdPrefix,
      report: await deps.collector.report(target.apiKey),
      ...(effective && { effective }),
    });
    if (expected !== null && missing === 0) return;
    await wait(pollMs, undefined, { signal });
  }
}
