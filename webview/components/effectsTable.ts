import { html, nothing, type TemplateResult } from 'lit';
import { withWordInterval } from '../../src/shared/effects/frontInterval';
import { metricNamed } from '../../src/shared/metrics';
import type { NoiseFloor } from '../../src/shared/noise/noiseSchemas';
import type { Effect } from '../../src/shared/record';
import { type ChangeScale, commonChangeScale, relativeChange } from '../../src/shared/relativeChange';
import { asMeasuredWords } from '../../src/shared/words/adjustmentWords';
import { formatChange, formatDifferenceBound, formatPercent } from '../../src/shared/words/formatNumber';
import { noiseShareText } from '../../src/shared/words/noiseWords';
import type { ComparisonView, VariantView } from '../model/comparisonView';
import { bareValue, noisePercent, ratioInterval, unitName, unitOf } from '../model/effectText';
import { formatPercentChange } from '../model/intervalScale';
import { effectTone } from '../model/tone';
import { dataTable, type TableGroup } from './dataTable';
import { intervalBar } from './intervalBar';
import { emptyNote, type Part } from './part';
import { stepsTable } from './stepsTable';
import { verdictBadge } from './verdictBadge';

const families = ['headline', 'secondary', 'exploratory', 'context'] as const;
const familyTitles: Readonly<Record<(typeof families)[number], string>> = {
  headline: 'Headline: judged together, an identical pair is called different in at most 5 % of comparisons',
  secondary: 'Secondary: each judged alone at 95 %',
  exploratory: 'Companions: exploratory, a hint and no proof',
  context: 'Context: values, never compared',
};

/** Every metric of the target as a whole and of its companions; endpoints have a table of their own. */
export function effectsPart(view: ComparisonView): Part {
  const effects = view.record.effects.filter((effect) => effect.scope.kind !== 'endpoint');
  return {
    id: 'effects',
    title: 'Effects',
    lead: html`Each candidate against <b>${view.baseline.name}</b>. The bar is the interval of the change in percent of
      the baseline; inside the grey zone a change is too small to matter. Figures with <i>as measured</i> below are
      those at equal machine speed.
      ${view.record.noise === undefined ? nothing : ` The strip along its foot is the noise floor: what the baseline against itself shows on ${view.record.noise.isSameMachine ? 'this' : 'another'} machine.`}`,
    body:
      effects.length === 0
        ? emptyNote('No effect could be estimated: no block holds a trial of both variants.')
        : html`${view.candidates.map((candidate) => candidateTable(view, candidate, effects))} ${stepsTable(view)}`,
  };
}

function candidateTable(view: ComparisonView, candidate: VariantView, all: readonly Effect[]): TemplateResult {
  const effects = all.filter((effect) => effect.candidate === candidate.name);
  const scale = commonChangeScale(effects.map(withWordInterval));
  const groups: TableGroup<Effect>[] = families
    .map((family) => ({ title: familyTitles[family], rows: effects.filter((effect) => effect.family === family) }))
    .filter((group) => group.rows.length > 0);
  return dataTable({
    label: `Effects of ${candidate.name}`,
    caption: html`<b>${candidate.name}</b> against ${view.baseline.name}; small print: the interval that the word comes
      from`,
    stacks: true,
    columns: [
      { label: 'Metric', cell: nameCell },
      {
        label: view.baseline.name,
        align: 'end',
        cell: (effect) => bareValue(effect.baselineMean, unitOf(effect)),
      },
      { label: candidate.name, align: 'end', cell: (effect) => bareValue(effect.candidateMean, unitOf(effect)) },
      { label: 'Difference', align: 'end', cell: differenceCell },
      { label: 'Relative', align: 'end', cell: ratioCell },
      {
        label: 'Interval',
        header: axisHeader(scale),
        className: 'interval-cell',
        cell: (effect) => barCell(effect, scale, view.record.noise),
      },
      { label: 'Verdict', cell: verdictBadge },
    ],
    groups,
  });
}

function nameCell(effect: Effect): TemplateResult {
  const scope =
    effect.scope.kind === 'companion' ? html` <span class="muted">of ${effect.scope.name ?? ''}</span>` : nothing;
  const { label, unit, description } = metricNamed(effect.metric);
  const asMeasured = asMeasuredWords(effect);
  return html`<span title=${description}>${label}</span>${scope} <span class="unit">${unitName(unit)}</span>${
      effect.note ? html`<span class="metric-note">${effect.note}</span>` : nothing
    }${asMeasured === null ? nothing : html`<span class="metric-note">${asMeasured}</span>`}`;
}

function differenceCell(measured: Effect): unknown {
  const effect = withWordInterval(measured);
  if (effect.difference === null) return html`<span class="absent muted">–</span>`;
  const bound = (value: number): string => formatDifferenceBound(value, unitOf(effect));
  const { estimate, low, high } = effect.difference;
  return html`${bound(estimate)}${unitOf(effect) === 'share' ? ' points' : nothing}<span class="second"
      >${bound(low)} to ${bound(high)}</span
    >`;
}

function ratioCell(effect: Effect): unknown {
  if (effect.ratio === null) return html`<span class="absent muted">–</span>`;
  return html`${formatChange(effect.ratio.estimate)}<span class="second"
      >${ratioInterval(withWordInterval(effect))}</span
    >`;
}

/** The axis that all bars of the table share; an arrow head says that a bar goes on beyond it. */
function axisHeader(scale: ChangeScale): TemplateResult {
  return html`<span class="bar-axis"
    ><span>${formatPercentChange(scale.low)}</span><span>0</span><span>${formatPercentChange(scale.high)}</span></span
  >`;
}

function barCell(effect: Effect, scale: ChangeScale, floor: NoiseFloor | undefined): unknown {
  const shown = withWordInterval(effect);
  const change = relativeChange(shown);
  if (change === null) return html`<span class="absent"></span>`;
  const level = shown.ratio?.level ?? shown.difference?.level ?? 0;
  const noise = noisePercent(floor, effect);
  const bar = intervalBar({
    change,
    scale,
    tone: effectTone(effect),
    noise,
    label: `${formatPercent(level)} interval ${formatPercentChange(change.low)} to ${formatPercentChange(change.high)}`,
  });
  return noise === null ? bar : html`${bar}<span class="second">noise ±${noiseShareText(noise / 100)}</span>`;
}
