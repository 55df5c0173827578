import { html, nothing, type TemplateResult } from 'lit';

/** One part of the page. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly lead?: unknown;
  readonly body: unknown;
}

export function renderPart(part: Part): TemplateResult {
  return html`<section class="part" id=${part.id} aria-labelledby=${`${part.id}-title`}>
    <h2 id=${`${part.id}-title`}>${part.title}</h2>
    ${part.lead === undefined ? nothing : html`<p class="lead">${part.lead}</p>`}
    <div class="body">${part.body}</div>
  </section>`;
}

/** What stands where a part has nothing to show: why. */
export function emptyNote(sentence: string): TemplateResult {
  return html`<p class="empty">${sentence}</p>`;
}
