import { studentQuantile, type Interval } from './blockEstimate';

/** "Would likely settle it": with this probability, if estimate and spread are what they seem. */
const power = 0.8;
/** More blocks than this are no advice. */
const mostBlocks = 1000;

export interface UnsettledEstimate {
  /** On the scale on which blocks are averaged (log or difference), 0 = no effect. */
  readonly estimate: number;
  readonly sd: number;
  readonly blocks: number;
  readonly level: number;
  /** Null when no effect is too small to matter: then only a difference can be shown. */
  readonly margins: Interval | null;
  /** More blocks make no half-width smaller than this; default 0. */
  readonly leastHalfWidth?: number;
}

/**
 * Blocks in all after which an inconclusive effect would likely be either different from zero at `level` or equivalent
 * at 5 %, whichever comes first: the smallest n with (t_alpha + t_power)·sd/√n within the room there is, t depending on
 * n (Student's sample-size iteration; Julious 2004, Stat. Med. 23:1921–1986). Null when more than 1,000 would be needed, or when
 * the step in which the metric can be read leaves no room.
 */
export function blocksToSettle(unsettled: UnsettledEstimate): number | null {
  const { estimate, margins, level, sd } = unsettled;
  const room = margins ? Math.min(margins.high - estimate, estimate - margins.low) : 0;
  const needed = [
    { probability: (1 + level) / 2, room: Math.abs(estimate) },
    { probability: 0.95, room },
  ]
    .filter((way) => way.room > (unsettled.leastHalfWidth ?? 0))
    .map((way) => blocksFor(way.probability, way.room, sd))
    .filter((blocks) => blocks !== null);
  return needed.length === 0 ? null : Math.max(unsettled.blocks + 1, Math.min(...needed));
}

/**
 * The smallest n with (t_probability + t_power)·sd/√n within `room`, t on n − 1 degrees of freedom; null when more than 1,000 would be needed.
 * The condition holds from some n on, so that n is found by bisection.
 */
export function blocksFor(probability: number, room: number, sd: number): number | null {
  const isEnough = (blocks: number): boolean =>
    ((studentQuantile(probability, blocks - 1) + studentQuantile(power, blocks - 1)) * sd) / Math.sqrt(blocks) <= room;
  if (!(room > 0) || !isEnough(mostBlocks)) return null;
  let [tooFew, enough] = [2, mostBlocks];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
