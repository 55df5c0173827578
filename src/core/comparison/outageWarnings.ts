import { defaultQueueSize, defaultThrottleWaitSeconds, outageScale, queueSizeVariable } from '../../shared/outageScale';
import type { Plan } from '../../shared/plan';
import type { Warning } from '../../shared/record';

/** Says which outage variants show in a trial what takes minutes elsewhere, and by which settings; none when none is scaled. */
export function outageWarnings(plan: Plan, inherited: Readonly<Record<string, string>>): Warning[] {
  const scaled = new Map<string, string[]>();
  for (const variant of plan.variants) {
    const values = Object.entries(outageScale(plan, variant, { ...inherited, ...variant.environment }));
    if (values.length === 0) continue;
    const words = values.map(([name, value]) => `${name}=${value} instead of ${defaultOf(name)}`).join(' and ');
    scaled.set(words, [...(scaled.get(words) ?? []), variant.name]);
  }
  if (scaled.size === 0) return [];
  const list = [...scaled].map(([words, names]) => `${names.join(' and ')} with ${words}`).join('; ');
  return [
    {
      code: 'outages_scaled',
      message: `Outage variants are scaled to trials of ${plan.trialSeconds} s: ${list}, so that the queue is full by the middle of a trial; memory and the wait at exit are smaller than with Honeybadger's defaults`,
      advice: 'For values of your own, set them in the variant: --env VARIANT:NAME=VALUE.',
    },
  ];
}

function defaultOf(name: string): number {
  return name === queueSizeVariable ? defaultQueueSize : defaultThrottleWaitSeconds;
}
