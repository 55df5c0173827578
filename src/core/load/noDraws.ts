import type { RandomStream } from '../../shared/random';

/** For a request without random templates: a stream need not be made. A draw from it is a bug. */
export const noDraws: RandomStream = { next: refuse, integer: refuse };

function refuse(): never {
  throw new Error('A request without random templates drew a number');
}
