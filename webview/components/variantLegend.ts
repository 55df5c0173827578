import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { variantDashes } from '../../src/shared/charts/variantDashes';
import type { VariantView } from '../model/comparisonView';

/** Names, line dashes and dot shapes of the variants. */
export function variantLegend(variants: readonly VariantView[]): TemplateResult {
  return html`<ul class="legend" aria-label="Variants">
    ${variants.map(
      (variant) =>
        html`<li>
          ${variantMark(variant)}
          <span>${variant.name}${variant.index === 0 ? html` <span class="muted">(baseline)</span>` : ''}</span>
        </li>`,
    )}
  </ul>`;
}

/** The line and the dot of a variant, as charts draw them. */
export function variantMark(variant: VariantView): TemplateResult {
  return html`<svg class=${variantClass(variant)} width="34" height="12" aria-hidden="true">
    <line
      x1="0"
      x2="34"
      y1="6"
      y2="6"
      stroke="currentColor"
      stroke-width="2"
      stroke-dasharray=${(variantDashes[variant.index] ?? []).join(' ') || 'none'}
    ></line>
    ${variantDot(variant, '17', 6)}
  </svg>`;
}

export function variantClass(variant: VariantView): string {
  return `variant-${variant.index}`;
}

/** The dot of a variant in its own shape: a ring for the baseline, then disc, square and diamond. `x` may be a percentage. */
export function variantDot(variant: VariantView, x: string, y: number, title = ''): SVGTemplateResult {
  const label = svg`<title>${title}</title>`;
  switch (variant.index % 4) {
    case 0:
      return svg`<circle class=${variantClass(variant)} cx=${x} cy=${y} r="4" fill="var(--surface)" stroke="currentColor" stroke-width="2">${label}</circle>`;
    case 1:
      return svg`<circle class=${variantClass(variant)} cx=${x} cy=${y} r="4.5" fill="currentColor">${label}</circle>`;
    case 2:
      return svg`<svg x=${x} y=${y} overflow="visible" class=${variantClass(variant)}><rect x="-4" y="-4" width="8" height="8" fill="currentColor">${label}</rect></svg>`;
    default:
      return svg`<svg x=${x} y=${y} overflow="visible" class=${variantClass(variant)}><path d="M0,-5 5,0 0,5 -5,0z" fill="currentColor">${label}</path></svg>`;
  }
}
