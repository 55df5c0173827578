import { html, nothing, type TemplateResult } from 'lit';
import type { RunningEstimate } from '../../src/shared/events';
import type { LiveRun } from '../../src/shared/liveRun';
import { fewestBlocks } from '../../src/shared/effects/effectFigures';
import { isMetricName, metricNamed } from '../../src/shared/metrics';
import type { PlanSummary } from '../../src/shared/record';
import { formatDifference, formatDifferenceBound, formatPercent } from '../../src/shared/words/formatNumber';

const leadMetric = 'cpu_ms_per_request';
const promise = 'The verdict comes at the end.';

/** What is known so far, with its band. Never a verdict's word: whoever looks often sees chance (no peeking). */
export function estimatesPart(run: LiveRun): TemplateResult | typeof nothing {
  const { comparison, estimates, finishedTrials, trial, results } = run;
  if (comparison === null || results.some(({ id }) => id === comparison.id)) return nothing;
  if (trial === null && finishedTrials.length === 0) return nothing;
  const known = estimates.filter(({ metric, difference }) => isMetricName(metric) && difference !== null);
  const candidates = [...new Set(known.map(({ candidate }) => candidate))];
  return html`<section class="estimate" aria-label="Estimates so far">
    ${known.length === 0 ? html`<p class="lead-estimate">The first estimate comes with the first whole block.</p>` : nothing}
    ${candidates.map((candidate) =>
      candidateEstimates(
        known.filter((estimate) => estimate.candidate === candidate),
        comparison.plan,
        candidates.length > 1 ? candidate : null,
      ),
    )}
    ${candidates.length === 1 ? nothing : html`<p class="muted">${promise}</p>`}
  </section>`;
}

function candidateEstimates(
  estimates: readonly RunningEstimate[],
  plan: PlanSummary,
  candidate: string | null,
): TemplateResult {
  const lead = estimates.find(({ metric }) => metric === leadMetric) ?? estimates[0];
  const others = estimates.filter((estimate) => estimate !== lead);
  const hasBands = estimates.some(({ low, high }) => low !== null && high !== null);
  return html`${lead === undefined ? nothing : leadEstimate(lead, blocksText(plan), candidate)}
  ${
    others.length === 0
      ? nothing
      : html`<ul class="facts">
          ${others.map((estimate) => html`<li>${metricNamed(estimate.metric).label} <b>${sizeText(estimate)}</b>${bandText(estimate)}</li>`)}
        </ul>`
  }
  ${hasBands || estimates.length === 0 ? nothing : html`<p class="muted small">${tooFew(plan.blocks)}</p>`}`;
}

function leadEstimate(estimate: RunningEstimate, blocks: string, candidate: string | null): TemplateResult {
  return html`<p class="lead-estimate">
    ${candidate === null ? nothing : html`<span class="muted">${candidate}</span> `}
    ${metricNamed(estimate.metric).label}: so far <b>${sizeText(estimate)}</b>${bandText(estimate)}, ${estimate.blocks}
    of ${blocks}. ${candidate === null ? html`<span class="muted">${promise}</span>` : nothing}
  </p>`;
}

/** With --until the blocks of the first stage, until they have fixed how many there are. */
function blocksText({ blocks, until }: PlanSummary): string {
  if (until === undefined) return `${blocks} blocks`;
  const goal = `for ±${formatPercent(until.halfWidth)}`;
  return until.firstBlocks === blocks ? `${blocks} blocks of the first stage, ${goal}` : `${blocks} blocks ${goal}`;
}

function sizeText({ metric, difference }: RunningEstimate): string {
  return formatDifference(difference ?? 0, metricNamed(metric).unit);
}

/** Once for all of them: with fewer than three blocks there is no interval (measurement.md). */
function tooFew(blocks: number): string {
  return blocks < fewestBlocks ? 'A band needs three blocks; this plan has fewer.' : 'Bands come with the third block.';
}

function bandText({ metric, low, high }: RunningEstimate): string {
  if (low === null || high === null) return '';
  const { unit } = metricNamed(metric);
  // Two digits of the band's width: what is beyond them is chance.
  const step = 10 ** (Math.floor(Math.log10(Math.max(high - low, 1e-9))) - 1);
  const bound = (value: number): string => formatDifferenceBound(Math.round(value / step) * step, unit);
  return ` (band ${bound(low)} to ${bound(high)})`;
}
