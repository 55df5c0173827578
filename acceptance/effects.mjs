/**
 * Reading a record: everything is judged by what it says, as its readers would.
 *
 * @typedef {Pick<import('../src/shared/record').ComparisonRecord, 'effects'>} Effects
 * @typedef {import('../src/shared/record').Effect} Effect
 */

/**
 * The effect on a metric of the whole target, or of one endpoint; undefined when the record has none.
 * @param {Effects} record @param {string} metric @param {string} [endpoint] @returns {Effect | undefined}
 */
export function effectOn(record, metric, endpoint) {
  return record.effects.find(
    ({ metric: name, scope }) =>
      name === metric &&
      (endpoint === undefined ? scope.kind === 'total' : scope.kind === 'endpoint' && scope.name === endpoint),
  );
}

/** @param {Effects} record @returns {Effect[]} */
export function headlineEffects({ effects }) {
  return effects.filter(({ family, scope }) => family === 'headline' && scope.kind === 'total');
}

/** @param {Pick<Effect, 'verdict'>} effect */
export function isClaim({ verdict }) {
  return verdict === 'increase' || verdict === 'decrease';
}

/** `cpu_ms_per_request increase 0.101 [0.082, 0.12]`, in the metric's unit. @param {Effect} effect */
export function effectText({ metric, verdict, difference }) {
  const figures = difference
    ? `${short(difference.estimate)} [${short(difference.low)}, ${short(difference.high)}]`
    : 'no interval';
  return `${metric} ${verdict ?? 'no verdict'} ${figures}`;
}

/**
 * Half of a ratio's interval, as a share: what `±2 %` means to `--until 2%` too (`halfWidthShare`), and what Student's t makes of paired
 * log ratios. Even on the logarithmic scale: √(high/low) − 1. @param {{ low: number, high: number }} interval
 */
export function halfWidth({ low, high }) {
  return Math.sqrt(high / low) - 1;
}

function short(value) {
  return String(Number(value.toPrecision(3)));
}
