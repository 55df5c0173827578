import { html, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';
import { variantMark } from '../components/variantLegend';
import type { VariantView } from '../model/comparisonView';
import { liveFigures } from '../model/liveFigures';

/** The headline figures of each variant; the one that is not measured now is greyed. */
export function figureStrip(run: LiveRun, variants: readonly VariantView[]): TemplateResult {
  return html`<div class="figure-strip">
    ${liveFigures(run, variants).map(
      ({ variant, isOn, of, figures }) =>
        html`<section class=${isOn ? 'figures is-on' : 'figures'} aria-label=${`Figures of ${variant.name}`}>
          <h2>
            ${variantMark(variant)} <span class="name">${variant.name}</span>
            <span class="of">${variant.index === 0 ? 'baseline · ' : ''}${of}</span>
          </h2>
          <dl>
            ${figures.map(
              ({ label, text }) =>
                html`<div>
                  <dt>${label}</dt>
                  <dd class="number">${text}</dd>
                </div>`,
            )}
          </dl>
        </section>`,
    )}
  </div>`;
}
