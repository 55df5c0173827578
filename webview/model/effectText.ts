import { assertNever } from '../../src/shared/assertNever';
import { metricNamed, type Metric } from '../../src/shared/metrics';
import type { NoiseFloor } from '../../src/shared/noise/noiseSchemas';
import type { Effect } from '../../src/shared/record';
import {
  formatChangeBound,
  formatDifference,
  formatDifferenceBound,
  formatNumber,
  formatQuantity,
} from '../../src/shared/words/formatNumber';
import { effectNoise } from '../../src/shared/words/noiseWords';

/** The unit of an effect's metric. */
export function unitOf(effect: Effect): Metric['unit'] {
  return metricNamed(effect.metric).unit;
}

/** `+0.18 to +0.44 ms`: the interval of the difference that stands in front; null without one. */
export function differenceInterval(effect: Effect): string | null {
  if (effect.difference === null) return null;
  const unit = unitOf(effect);
  return `${formatDifferenceBound(effect.difference.low, unit)} to ${formatDifference(effect.difference.high, unit)}`;
}

/** `+4.9 to +7.5 %`: the interval of the ratio that stands in front, as a change; null for a metric without a ratio. */
export function ratioInterval(effect: Effect): string | null {
  return effect.ratio === null
    ? null
    : `${formatChangeBound(effect.ratio.low)} to ${formatChangeBound(effect.ratio.high)} %`;
}

/** Half width of the noise floor of one effect, in percent; null where it is not known. */
export function noisePercent(noise: NoiseFloor | undefined, effect: Effect): number | null {
  const share = effectNoise(noise, effect);
  return share === null ? null : share * 100;
}

/** `285 bytes`, `38.5 kB`, `1.2 MB`, in powers of 1,000. */
export function bytesText(bytes: number): string {
  const size = Math.abs(bytes);
  if (size >= 1e9) return `${formatNumber(bytes / 1e9)} GB`;
  if (size >= 1e6) return `${formatNumber(bytes / 1e6)} MB`;
  if (size >= 1e4) return `${formatNumber(bytes / 1e3)} kB`;
  return `${formatNumber(bytes)} bytes`;
}

/** A value in a table whose rows name their unit: bare, but for a share, which is short in percent. */
export function bareValue(value: number, unit: Metric['unit']): string {
  return unit === 'share' ? formatQuantity(value, unit) : formatNumber(value);
}

/** The unit as it stands behind a metric's name; empty for a plain count, and for a share, whose values carry it. */
export function unitName(unit: Metric['unit']): string {
  switch (unit) {
    case 'count':
    case 'share':
      return '';
    case '1/s':
      return 'req/s';
    case 'count/request':
      return 'per request';
    case 'million/request':
      return 'million per request';
    case 'bytes/request':
      return 'bytes per request';
    case 'MB/1000 requests':
      return 'MB per 1,000 requests';
    case 'ms':
    case 'ms/s':
    case 'MB':
    case 'bytes':
    case 'cores':
    case 'bytes/s':
      return unit;
    default:
      return assertNever(unit);
  }
}

/** The same in a caption: `, ms`. */
export function unitSuffix(unit: Metric['unit']): string {
  const name = unitName(unit);
  return name === '' ? '' : `, ${name}`;
}
