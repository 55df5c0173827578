import { isMetricName, metricNamed, type Metric } from '../metrics';
import { UserError } from '../userError';
import { closestMetricName } from './closestMetricName';

/** A limit that a comparison must keep. */
export interface Budget {
  readonly metric: string;
  /** As written, without the metric: `+5%`. */
  readonly limit: string;
  /**
   * `change`: the largest tolerated change against the baseline, in the direction of its sign; `relative` as a share of the
   * baseline, else in the metric's unit. `level`: of the candidate itself, in the metric's unit.
   */
  readonly type: 'change' | 'level';
  readonly isRelative: boolean;
  /** Signed for a change. */
  readonly value: number;
  /** Which side is beyond the limit. */
  readonly beyond: 'above' | 'below';
}

const form =
  'METRIC LIMIT, such as "cpu_ms_per_request +5%", "latency_p95_ms +3ms", "error_rate 1%" or "throughput_rps -2%"';

/** What each unit may be written as, and how many of the metric's unit one of it is. */
const unitFactors: Readonly<Record<Metric['unit'], Readonly<Record<string, number>>>> = {
  ms: { '': 1, ms: 1, s: 1000 },
  'ms/s': { '': 1, 'ms/s': 1 },
  '1/s': { '': 1, rps: 1, 'req/s': 1, '/s': 1 },
  share: { '': 1, '%': 0.01 },
  MB: { '': 1, mb: 1, gb: 1000 },
  count: { '': 1 },
  bytes: { '': 1, b: 1, kb: 1000, mb: 1e6 },
  cores: { '': 1 },
  'bytes/s': { '': 1, b: 1, kb: 1000 },
  'count/request': { '': 1 },
  'million/request': { '': 1, m: 1 },
  'bytes/request': { '': 1, b: 1, kb: 1000 },
  'MB/1000 requests': { '': 1, mb: 1 },
};

/**
 * Reads a budget: `METRIC LIMIT`. A limit with a sign is the largest tolerated change in that direction, without one a level
 * of the candidate (at most; at least where less is worse). `%` is of the baseline; for a share it is percentage points.
 * Throws UserError for anything else.
 */
export function parseBudget(text: string): Budget {
  const match = /^\s*(\S+)\s+([+−-]?)\s*(\d+(?:\.\d+)?|\.\d+)\s*([%a-z/]*)\s*$/i.exec(text);
  const [, name = '', sign = '', digits = '', suffix = ''] = match ?? [];
  if (!match) throw new UserError('usage', `The budget "${text}" cannot be read.`, { hint: `Write it as ${form}.` });
  const metric = budgetMetric(name, text);
  const isNegative = sign === '-' || sign === '−';
  const isRelative = suffix === '%' && metric.unit !== 'share';
  if (isRelative && sign === '') {
    throw new UserError(
      'usage',
      `The budget "${text}" limits a level in percent, but ${name} is measured in ${metric.unit}.`,
      {
        hint: `Give a change with a sign ("${name} +${digits}%"), or the level in ${metric.unit}.`,
      },
    );
  }
  const size = Number(digits) * (isRelative ? 0.01 : unitFactor(metric, suffix, text));
  return {
    metric: name,
    limit: `${isNegative ? '-' : sign}${digits}${suffix}`,
    type: sign === '' ? 'level' : 'change',
    isRelative,
    value: isNegative ? -size : size,
    beyond: isNegative || (sign === '' && metric.worse === 'down') ? 'below' : 'above',
  };
}

function budgetMetric(name: string, text: string): Metric {
  if (!isMetricName(name)) {
    throw new UserError('usage', `The budget "${text}" names no metric: there is no ${name}.`, {
      hint: `Did you mean ${closestMetricName(name)}? A budget is written as ${form}.`,
    });
  }
  const metric = metricNamed(name);
  if (metric.scale === 'value') {
    throw new UserError('usage', `The budget "${text}" cannot be judged: ${name} is only shown, it has no interval.`, {
      hint: 'Choose a metric that is compared, such as latency_p99_ms or cpu_ms_per_request.',
    });
  }
  return metric;
}

function unitFactor(metric: Metric, suffix: string, text: string): number {
  const factors = unitFactors[metric.unit];
  const factor = factors[suffix.toLowerCase()];
  if (factor !== undefined) return factor;
  const known = Object.keys(factors).filter((unit) => unit !== '');
  throw new UserError('usage', `The budget "${text}" has a unit that ${metric.name} is not measured in: ${suffix}.`, {
    hint: `Use ${[...known, metric.unit === 'share' ? [] : '% (with a sign)', 'a plain number'].flat().join(', ')}. A budget is written as ${form}.`,
  });
}
