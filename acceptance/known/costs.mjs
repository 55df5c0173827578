import { effectOn, effectText } from '../effects.mjs';

/**
 * @typedef {object} KnownCost
 * @property {string} about
 * @property {string} baseline
 * @property {string} variant
 * @property {string} metric
 * @property {number | readonly number[]} expected
 * @property {readonly { metric: string, expected: number }[]} [alsoExpected]
 * @property {readonly string[]} [also]
 * @property {readonly (readonly [string, number])[]} quiet
 * @property {{ blocks: number, trialSeconds: number, ratePerSecond?: number, capacitySeconds?: number }} plan
 */

const cpu = quiet('cpu_ms_per_request', 0.05);
const latency = quiet('latency_mean_ms', 0.5);
const memory = quiet('rss_mean_mb', 5);
const descriptors = quiet('fds', 1);
const errors = quiet('error_rate', 0.001);
const growth = quiet('rss_slope_mb_per_1000_requests', 5);

/**
 * The table of known costs: `variant` against `baseline`, what its `metric` must say, and what must stay quiet.
 *
 * `expected` is the truth in the metric's unit, a number or a range; the effect must be called an increase, and its interval
 * must hold the truth (touch the range). `also` are metrics in which it must show too. `quiet` names how much a metric may
 * move at most: an alarm is an interval that lies wholly beyond that. CPU may move by 5 % of the base's ms: costs of which
 * CPU is not the point need some (a sleep is two switches, 20 kB are five fresh pages). The thread count is never asked to be
 * quiet: gunicorn's pool grows with the requests that overlap.
 *
 * @type {readonly KnownCost[]}
 */
export const knownCosts = [
  {
    about: '+100 µs of CPU per request',
    baseline: 'base',
    variant: 'burn',
    metric: 'cpu_ms_per_request',
    expected: 0.1,
    quiet: [memory, growth, descriptors, errors],
    plan: { blocks: 16, trialSeconds: 5 },
  },
  {
    // The kernel may add the timer's slack of 50 µs, and a switch.
    about: 'a slept millisecond',
    baseline: 'base',
    variant: 'sleep',
    metric: 'latency_mean_ms',
    expected: [1, 1.2],
    quiet: [cpu, memory, growth, descriptors, errors],
    plan: { blocks: 12, trialSeconds: 5 },
  },
  {
    // Half a ms: a fork costs about as much, and not evenly. A child that is there when memory is read counts for a process.
    about: '500 µs of CPU per request in a short-lived child',
    baseline: 'idle_children',
    variant: 'children',
    metric: 'cpu_ms_per_request',
    expected: 0.5,
    quiet: [memory, errors],
    plan: { blocks: 16, trialSeconds: 5 },
  },
  {
    // An object of 20,000 bytes takes 20,033 (sys.getsizeof), in malloc's steps of 16 with its own head 20,048, and a place in a list.
    about: '20 kB leaked per request',
    baseline: 'base',
    variant: 'leak',
    metric: 'rss_slope_mb_per_1000_requests',
    expected: [20, 20.06],
    also: ['rss_mean_mb', 'rss_peak_mb', 'pss_mean_mb'],
    quiet: [cpu, latency, descriptors, errors],
    plan: { blocks: 5, trialSeconds: 10 },
  },
  {
    about: '20 descriptors',
    baseline: 'base',
    variant: 'files',
    metric: 'fds',
    expected: 20,
    quiet: [cpu, latency, memory, growth, errors],
    plan: { blocks: 5, trialSeconds: 5 },
  },
  {
    about: '5 threads',
    baseline: 'base',
    variant: 'threads',
    metric: 'threads',
    expected: 5,
    quiet: [cpu, latency, memory, growth, descriptors, errors],
    plan: { blocks: 5, trialSeconds: 5 },
  },
  {
    about: '3 % of errors',
    baseline: 'base',
    variant: 'errors',
    metric: 'error_rate',
    expected: 0.03,
    quiet: [cpu, latency, memory, growth, descriptors],
    plan: { blocks: 5, trialSeconds: 5 },
  },
  {
    // At 20 requests per second its 5 ms weigh 0.25 ms on each; at 100 per second they would weigh 0.05.
    about: 'a thread that burns 5 ms each second',
    baseline: 'base',
    variant: 'background',
    metric: 'cpu_standing_ms_per_second',
    expected: 5,
    alsoExpected: [{ metric: 'cpu_ms_per_request', expected: 0.25 }],
    quiet: [latency, memory, growth, descriptors, errors],
    plan: { blocks: 10, trialSeconds: 10, ratePerSecond: 20, capacitySeconds: 5 },
  },
];

/**
 * Whether a record shows a known cost in its own metric and in no quiet one.
 * @param {import('../effects.mjs').Effects} record @param {KnownCost} cost
 */
export function judgeCost(record, cost) {
  const shown = [{ metric: cost.metric, expected: cost.expected }, ...(cost.alsoExpected ?? [])];
  const faults = [
    ...shown.flatMap(({ metric, expected }) => shownFaults(record, metric, expected)),
    ...(cost.also ?? []).flatMap((metric) => shownFaults(record, metric, null)),
    ...cost.quiet.flatMap(([metric, most]) => quietFaults(record, metric, most)),
  ];
  const figures = shown.map(({ metric, expected }) => {
    const effect = effectOn(record, metric);
    return `${effect ? effectText(effect) : metric} (truth ${[expected].flat().join(' to ')})`;
  });
  return { isGood: faults.length === 0, text: [figures.join(', '), ...faults].join('; ') };
}

function shownFaults(record, metric, expected) {
  const effect = effectOn(record, metric);
  if (!effect?.difference) return [`nothing is said of ${metric}`];
  const { low, high } = effect.difference;
  const truth = expected === null ? [low, high] : [expected].flat();
  const [least, most] = [Math.min(...truth), Math.max(...truth)];
  return [
    ...(effect.verdict === 'increase' ? [] : [`${metric} is ${effect.verdict}`]),
    ...(low <= most && least <= high ? [] : [`the truth lies outside of ${metric}'s interval`]),
  ];
}

function quietFaults(record, metric, most) {
  const effect = effectOn(record, metric);
  if (!effect?.difference) return [`nothing is said of ${metric}`];
  const { low, high } = effect.difference;
  return low > most || high < -most ? [`alarm: ${effectText(effect)}`] : [];
}

/** @param {string} metric @param {number} most @returns {readonly [string, number]} */
function quiet(metric, most) {
  return [metric, most];
}
