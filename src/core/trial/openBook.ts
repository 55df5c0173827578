import type { LiveTarget, LiveTargetOptions } from './liveTarget';
import { trialApiKey } from './injectedEnvironment';
import type { TrialDeps } from './trialDeps';

/** Has the collector count one trial: under a key and request ids of its own. */
export async function openBook(
  { runKey, collector }: Pick<TrialDeps, 'runKey' | 'collector'>,
  { position, variant }: Pick<LiveTargetOptions, 'position' | 'variant'>,
): Promise<Pick<LiveTarget, 'apiKey' | 'requestIdPrefix'>> {
  const apiKey = trialApiKey(runKey, position);
  const requestIdPrefix = `${runKey}t${String(position).padStart(4, '0')}`;
  await collector.open(apiKey, requestIdPrefix, variant.outage ?? 'healthy');
  return { apiKey, requestIdPrefix };
}
