import { metricNamed } from '../metrics';
import type { ComparisonRecord, Effect } from '../record';
import { speedProbeMs } from '../effects/machineSlowness';
import { mean } from '../statistics/mean';
import { formatChange, formatChangeBound, formatNumber, formatPercent } from './formatNumber';
import { headlineEffects } from './leadEffects';

/** `as measured +6.8 % (98.75 % CI +1.0 to +12.9)`: what the figure was before machine speed was taken out; null where it was not. */
export function asMeasuredWords({ raw }: Effect): string | null {
  const ratio = raw?.ratio;
  if (!ratio) return null;
  const bounds = `${formatChangeBound(ratio.low)} to ${formatChangeBound(ratio.high)}`;
  return `as measured ${formatChange(ratio.estimate)} (${formatPercent(ratio.level)} CI ${bounds})`;
}

/** One sentence for below a table of a candidate's headline effects; null where nothing was adjusted. */
export function adjustmentSentence(record: ComparisonRecord, candidate: string): string | null {
  const parts = headlineEffects(record, candidate).flatMap((effect) => {
    const words = asMeasuredWords(effect);
    return words === null ? [] : [`${metricNamed(effect.metric).label} ${words.replace('as measured ', '')}`];
  });
  return parts.length === 0 ? null : `Compared at equal machine speed; as measured: ${parts.join('; ')}.`;
}

/** How steady the machine was: `0.41 ms per piece of fixed work, 0.39 to 0.52 from trial to trial`; null without a probe. */
export function machineSpeedWords({ trials, capacity }: Pick<ComparisonRecord, 'trials' | 'capacity'>): string | null {
  const probes = [...trials, ...capacity].flatMap((trial) => speedProbeMs(trial) ?? []);
  if (probes.length === 0) return null;
  const range = `${formatNumber(Math.min(...probes))} to ${formatNumber(Math.max(...probes))}`;
  return `${formatNumber(mean(probes))} ms per piece of fixed work beside each trial, ${range} from trial to trial`;
}
