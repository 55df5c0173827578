import type { TrialKind } from '../../shared/events';
import type { VariantPlan } from '../../shared/plan';
import type { Trial } from '../../shared/record';
import type { ExitWait } from '../trial/liveTarget';

/**
 * How long an app may take to end. In an outage its exit takes what Honeybadger's exit hook takes, up to two minutes each time: one scenario
 * trial of such a variant waits in full, and what is known then is not waited for again. A slow Honeybadger still takes what it is sent:
 * whoever cut that short would lose what the outage does not.
 */
export function exitWaitOf(
  variant: VariantPlan,
  kind: TrialKind,
  finished: readonly Pick<Trial, 'variant' | 'exit'>[],
): ExitWait {
  if (variant.outage === undefined || variant.outage === 'slow') return 'full';
  if (kind === 'capacity') return 'known';
  const isKnown = finished.some((trial) => trial.variant === variant.name && trial.exit.forcedReason === undefined);
  return isKnown ? 'known' : 'full';
}
