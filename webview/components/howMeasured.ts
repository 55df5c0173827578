import { html, nothing, type TemplateResult } from 'lit';
import { findDisturbances } from '../../src/shared/effects/blockAttempts';
import {
  designFacts,
  instrumentFacts,
  machineFacts,
  type MethodFact,
  verificationText,
} from '../../src/shared/methodFacts';
import { isMetricName, metricNamed } from '../../src/shared/metrics';
import { outageWords } from '../../src/shared/outage';
import { noiseFacts } from '../../src/shared/words/noiseWords';
import type { ComparisonView } from '../model/comparisonView';
import type { Part } from './part';
import { resolutionTable } from './resolutionTable';
import { variantClass } from './variantLegend';

/** Design, order, machine, instrument, environments, words, and the command that repeats it. */
export function methodPart(view: ComparisonView): Part {
  const { record } = view;
  return {
    id: 'method',
    title: 'How measured',
    lead: html`The unit of replication is the block, never the request. The interval printed with a word is the one the
    word comes from.`,
    body: html`<div class="method">
        ${factCard('Design', designFacts(record))} ${factCard('Where', machineFacts(record))}
        ${factCard('Instrument', [{ name: 'Events', text: verificationText(record) }, ...instrumentFacts(record)])}
        ${factCard('Noise floor', noiseFacts(record))} ${environmentCard(view)}
      </div>
      ${record.plan.purpose === 'aa' ? nothing : resolutionTable(record)} ${orderCard(view)}
      <div class="card">
        <h3>To measure it again</h3>
        <pre class="command" tabindex="0">${record.plan.repeatCommand}</pre>
      </div>
      ${glossary(view)}`,
  };
}

function factCard(title: string, facts: readonly MethodFact[]): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  return html`<div class="card">
    <h3>${title}</h3>
    <dl>
      ${facts.map(
        ({ name, text }) =>
          html`<dt>${name}</dt>
            <dd>${text}</dd>`,
      )}
    </dl>
  </div>`;
}

function environmentCard({ record }: ComparisonView): TemplateResult {
  return html`<div class="card">
    <h3>Environments</h3>
    <dl>
      ${record.variants.map(({ name, envFiles, injected, outage }) => {
        const added = Object.entries(injected);
        return html`<dt>${name}</dt>
          <dd>
            ${envFiles.length === 0 ? "the target's own environment" : envFiles.join(', ')}${outage === undefined ? '' : `, while ${outageWords(outage)}`}
            ${
              added.length === 0
                ? nothing
                : html`<details>
                    <summary>${added.length} added by us</summary>
                    ${added.map(([key, value]) => html`<div class="code">${key}=${value}</div>`)}
                  </details>`
            }
          </dd>`;
      })}
    </dl>
  </div>`;
}

/** The order that was drawn: a letter per variant, squares for the scenario, circles for capacity. */
function orderCard({ record, variants }: ComparisonView): TemplateResult {
  const letter = (name: string): string =>
    String.fromCharCode(
      65 +
        Math.max(
          0,
          variants.findIndex((variant) => variant.name === name),
        ),
    );
  const { repeated } = findDisturbances(record);
  const style = (name: string): string => {
    const variant = variants.find((entry) => entry.name === name);
    return variant === undefined ? '' : variantClass(variant);
  };
  return html`<div class="card">
    <h3>The order that was drawn</h3>
    <p class="small muted">
      ${variants.map(({ name }) => `${letter(name)} ${name}`).join(' · ')} · squares:
      scenario${record.plan.capacity === null ? '' : ', circles: capacity'}
    </p>
    <ol class="order">
      ${record.plan.order.map(
        (block, index) =>
          html`<li>
            <span
              >${index + 1}${repeated.has(index) ? html` <span title="A disturbed block is repeated whole, in the same order">twice</span>` : ''}</span
            >
            ${block.map(({ variant, kind }) => html`<span class=${`trial ${kind} ${style(variant)}`} title=${`${variant}, ${kind}`}>${letter(variant)}</span>`)}
          </li>`,
      )}
    </ol>
  </div>`;
}

function glossary({ record }: ComparisonView): TemplateResult {
  const names = [...new Set(record.effects.map((effect) => effect.metric))].filter(isMetricName);
  return html`<details class="card">
    <summary>What each metric means</summary>
    <div class="method glossary">
      <dl>
        ${names.map(
          (name) =>
            html`<dt>${metricNamed(name).label}</dt>
              <dd>${metricNamed(name).description}</dd>`,
        )}
      </dl>
    </div>
  </details>`;
}
