import type { Effect } from '../../src/shared/record';
import { verdictTone } from '../../src/shared/words/effectWords';

/** How a verdict is coloured; never without its word beside it. */
export type Tone = 'worse' | 'better' | 'same' | 'unclear';

/** Worse and better as the metric's direction has it; the rest by whether anything is known. */
export function effectTone(effect: Effect): Tone {
  const tone = verdictTone(effect);
  if (tone !== 'neutral') return tone;
  return effect.verdict === 'inconclusive' || effect.verdict === null ? 'unclear' : 'same';
}
