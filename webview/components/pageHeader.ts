import { html, nothing, type TemplateResult } from 'lit';
import type { ComparisonView } from '../model/comparisonView';

const statusWords = { complete: 'complete', partial: 'partial: no verdict', invalid: 'invalid' } as const;

/** What was compared, when, with which versions. */
export function pageHeader({ record, baseline, candidates }: ComparisonView): TemplateResult {
  const { plan, software } = record;
  const candidateNames = candidates.map(({ name }) => name).join(', ');
  return html`<header class="page-header">
    <p class="eyebrow">Insights comparison${plan.purpose === 'aa' ? ' · the baseline against itself' : nothing}</p>
    <h1>${plan.target} <span class="joint">·</span> ${plan.scenario.name}</h1>
    <ul class="facts">
      <li><b>${statusWords[record.status]}</b></li>
      <li><time datetime=${record.createdAt}>${utcTime(record.createdAt)}</time></li>
      <li>${candidateNames} against ${baseline.name}</li>
      ${versions(software).map((version) => html`<li>${version}</li>`)}
    </ul>
  </header>`;
}

/** `2026-07-01 09:30 UTC`, the same for every reader. */
export function utcTime(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return match ? `${match[1]} ${match[2]} UTC` : iso;
}

function versions(software: ComparisonView['record']['software']): readonly string[] {
  return [
    software.python === null ? null : `Python ${software.python}`,
    software.framework,
    software.server,
    software.honeybadger === null ? null : `honeybadger ${software.honeybadger}`,
    software.gitCommit === null ? null : `${software.gitCommit.slice(0, 7)}${software.dirty ? '*' : ''}`,
  ].filter((version) => version !== null);
}
