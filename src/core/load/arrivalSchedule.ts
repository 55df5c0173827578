import { randomStream } from '../../shared/random';

/**
 * When requests are due, in ms since the start, ascending, for as long as the load lasts. Even: every 1 / rate; Poisson: exponential
 * gaps of that mean (−ln(1 − u) / rate). The same for every variant of a block.
 */
export function arrivalSchedule(options: {
  readonly ratePerSecond: number;
  readonly arrivals: 'even' | 'poisson';
  readonly lengthSeconds: number;
  readonly seed: number;
  readonly block: number;
}): Float64Array {
  const { ratePerSecond, lengthSeconds } = options;
  if (options.arrivals === 'even') {
    return Float64Array.from(
      { length: Math.ceil(lengthSeconds * ratePerSecond - 1e-9) },
      (_, index) => (index / ratePerSecond) * 1000,
    );
  }
  const random = randomStream(options.seed, options.block, 'arrivals', 'gap');
  const dueMs: number[] = [];
  let atSeconds = 0;
  for (;;) {
    atSeconds -= Math.log(1 - random.next()) / ratePerSecond;
    if (atSeconds >= lengthSeconds) return Float64Array.from(dueMs);
    dueMs.push(atSeconds * 1000);
  }
}
