import type { Metric } from '../metrics';

type Unit = Metric['unit'];

/** What stands behind a number of that unit. Shares are written in percent, differences of shares in points. */
const unitWords: Readonly<Record<Unit, string>> = {
  ms: ' ms',
  'ms/s': ' ms per second',
  '1/s': ' req/s',
  share: ' %',
  MB: ' MB',
  count: '',
  bytes: ' bytes',
  cores: ' cores',
  'bytes/s': ' bytes/s',
  'count/request': ' per request',
  'million/request': ' million per request',
  'bytes/request': ' bytes per request',
  'MB/1000 requests': ' MB per 1,000 requests',
};

/** Three significant digits, thousands separators, a true minus sign: `1,230`, `0.31`, `−4.5`. Zero has no sign. */
export function formatNumber(value: number): string {
  return withMinus(threeDigits(value));
}

/** A whole number in full: `112,320`. */
export function formatCount(value: number): string {
  return withMinus(separated(String(Math.round(value))));
}

/** A value with its unit: `41.2 ms`, `720 req/s`, `0.1 %` (of a share), `84 MB` (1 MB = 1,000,000 bytes). */
export function formatQuantity(value: number, unit: Unit): string {
  return unit === 'share' ? formatPercent(value) : formatNumber(value) + unitWords[unit];
}

/** A difference with its sign and unit: `+0.31 ms`, `−92.6 req/s`, `+0.2 points` (of a share). */
export function formatDifference(value: number, unit: Unit): string {
  return formatSigned(inDisplayUnit(value, unit)) + (unit === 'share' ? ' points' : unitWords[unit]);
}

/** The bound of an interval of differences: as `formatDifference`, without the unit. */
export function formatDifferenceBound(value: number, unit: Unit): string {
  return formatSigned(inDisplayUnit(value, unit));
}

/** A size without a sign: `0.5 ms`, `0.1 points`. */
export function formatSize(value: number, unit: Unit): string {
  return formatNumber(Math.abs(inDisplayUnit(value, unit))) + (unit === 'share' ? ' points' : unitWords[unit]);
}

/** A share in percent: `0.05` is `5 %`, `0.9875` is `98.75 %`. */
export function formatPercent(share: number): string {
  return `${withMinus(trimmed(percentDigits(share, 2)))} %`;
}

/** The change that a ratio stands for: `1.062` is `+6.2 %`. */
export function formatChange(ratio: number): string {
  return `${formatChangeBound(ratio)} %`;
}

/** The bound of an interval of changes: as `formatChange`, without the percent sign. */
export function formatChangeBound(ratio: number): string {
  return withPlus(percentDigits(ratio - 1, 1));
}

/** A span of time as people plan it: `40 s`, `7 min`, `2.5 h`. */
export function formatSpan(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${formatNumber(Math.round(seconds / 360) / 10)} h`;
}

function formatSigned(value: number): string {
  return withPlus(threeDigits(value));
}

function inDisplayUnit(value: number, unit: Unit): number {
  return unit === 'share' ? value * 100 : value;
}

/** One decimal (or `decimals`) below 100 %, none above; two significant digits where that would show nothing. */
function percentDigits(share: number, decimals: number): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size >= 99.95) return separated(percent.toFixed(0));
  if (size > 0 && size < 0.5 * 10 ** -decimals) return plainDigits(percent, 1);
  return withoutNegativeZero(percent.toFixed(decimals));
}

function threeDigits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? separated(rounded.toFixed(0)) : trimmed(plainDigits(value, 3));
}

/** Significant digits without an exponent; below a millionth there is nothing worth a digit. */
function plainDigits(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const decimals = rounded === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return withoutNegativeZero(rounded.toFixed(Math.min(6, decimals)));
}

function separated(digits: string): string {
  return withoutNegativeZero(digits.replace(/\B(?=(\d{3})+$)/g, ','));
}

function trimmed(digits: string): string {
  return digits.includes('.') ? withoutNegativeZero(digits.replace(/\.?0+$/, '')) : digits;
}

function withoutNegativeZero(digits: string): string {
  return /^-[0.]+$/.test(digits) ? digits.slice(1) : digits;
}

function withMinus(digits: string): string {
  return digits.replace('-', '−');
}

function withPlus(digits: string): string {
  return digits.startsWith('-') || /^[0.]+$/.test(digits) ? withMinus(digits) : `+${digits}`;
}
