import { html, nothing, type TemplateResult } from 'lit';
import { fewestBlocks } from '../../src/shared/effects/effectFigures';
import { withWordInterval } from '../../src/shared/effects/frontInterval';
import { metricNamed } from '../../src/shared/metrics';
import type { NoiseFloor } from '../../src/shared/noise/noiseSchemas';
import type { Effect } from '../../src/shared/record';
import { relativeChange } from '../../src/shared/relativeChange';
import { formatChange, formatDifference, formatPercent, formatQuantity } from '../../src/shared/words/formatNumber';
import { settleWords } from '../../src/shared/words/effectWords';
import { headlineEffects } from '../../src/shared/words/leadEffects';
import { effectNoiseText } from '../../src/shared/words/noiseWords';
import type { ComparisonView } from '../model/comparisonView';
import { differenceInterval, noisePercent, ratioInterval } from '../model/effectText';
import { formatPercentChange, ownScale } from '../model/intervalScale';
import { effectTone } from '../model/tone';
import { intervalBar } from './intervalBar';
import { verdictBadge } from './verdictBadge';

/** The headline metrics of each candidate, one card each: the change, its interval as a bar and in print, its word. */
export function headlineStrip(view: ComparisonView): TemplateResult {
  return html`${view.candidates.map((candidate) => {
    const effects = headlineEffects(view.record, candidate.name);
    if (effects.length === 0) return nothing;
    return html`<section class="headline-strip" aria-label=${`Headline metrics of ${candidate.name}`}>
      ${view.candidates.length > 1 ? html`<h2>${candidate.name} <span class="muted">against ${view.baseline.name}</span></h2>` : nothing}
      ${effects.map((effect) => headlineCard(effect, view.record.noise))}
    </section>`;
  })}`;
}

function headlineCard(effect: Effect, floor: NoiseFloor | undefined): TemplateResult {
  const noise = noisePercent(floor, effect);
  const noiseText = effectNoiseText(floor, effect);
  const shown = withWordInterval(effect);
  const change = relativeChange(shown);
  const { label, unit } = metricNamed(effect.metric);
  return html`<article class="headline-card">
    <h3>${label}</h3>
    <p class="change">
      ${
        effect.difference === null
          ? formatQuantity(effect.candidateMean, unit)
          : formatDifference(effect.difference.estimate, unit)
      }
    </p>
    <p class="beside">
      <span class="relative">${effect.ratio === null ? nothing : formatChange(effect.ratio.estimate)}</span>
      ${effect.verdict === null ? nothing : verdictBadge(effect)}
    </p>
    <p class="levels">${formatQuantity(effect.baselineMean, unit)} → ${formatQuantity(effect.candidateMean, unit)}</p>
    ${
      change === null
        ? nothing
        : intervalBar({
            change,
            scale: ownScale(change, noise),
            noise,
            tone: effectTone(effect),
            label: `Interval of the change in ${label}: ${formatPercentChange(change.low)} to ${formatPercentChange(change.high)}`,
            formatTick: formatPercentChange,
          })
    }
    ${printedInterval(shown)}
    ${noiseText === null ? nothing : html`<p class="remark muted">Noise floor ${noiseText}.</p>`}
  </article>`;
}

function printedInterval(effect: Effect): TemplateResult {
  if (effect.difference === null) {
    return html`<p class="remark muted">
      No interval: ${effect.blocks} ${effect.blocks === 1 ? 'block' : 'blocks'}, at least ${fewestBlocks} are needed.
    </p>`;
  }
  const relative = ratioInterval(effect);
  const settle = settleWords(effect);
  return html`<p class="printed-interval">
      ${formatPercent(effect.difference.level)} CI
      ${differenceInterval(effect)}${relative === null ? nothing : html`<br />${relative}`}
    </p>
    ${settle === null ? nothing : html`<p class="remark">${settle.charAt(0).toUpperCase()}${settle.slice(1)}.</p>`}
    ${effect.note ? html`<p class="remark muted">${effect.note}</p>` : nothing}`;
}
