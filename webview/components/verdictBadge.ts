import { html, type TemplateResult } from 'lit';
import { assertNever } from '../../src/shared/assertNever';
import type { Effect } from '../../src/shared/record';
import { verdictWord } from '../../src/shared/words/effectWords';
import { effectTone } from '../model/tone';

/** The word of a verdict with its sign: an arrow for the direction, so that colour is not needed to read it. */
export function verdictBadge(effect: Effect): TemplateResult {
  if (effect.verdict === null) return html`<span class="absent muted">–</span>`;
  return html`<span class=${`word tone-${effectTone(effect)}`}
    ><span aria-hidden="true">${verdictSign(effect, effect.verdict)}</span>${verdictWord(effect)}</span
  >`;
}

function verdictSign({ difference }: Effect, verdict: NonNullable<Effect['verdict']>): string {
  switch (verdict) {
    case 'increase':
      return '↑';
    case 'decrease':
      return '↓';
    case 'equivalent':
      return '≈';
    case 'inconclusive':
      return difference?.low === 0 && difference.high === 0 ? '=' : '?';
    default:
      return assertNever(verdict);
  }
}
