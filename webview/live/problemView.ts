import { html, nothing, type TemplateResult } from 'lit';
import { actionButton } from '../components/actionButton';
import type { Act, ProblemMessage } from '../panelState';

/** Nothing can be shown: why, and what to do. */
export function problemView({ message, hint }: ProblemMessage, act: Act): TemplateResult {
  return html`<main class="content live">
    <h1 class="visually-hidden">Insights comparison</h1>
    ${errorNotice({ message, hint })}
    <p class="notice-actions">${actionButton({ label: 'Show log', onPress: () => act({ type: 'showLog' }) })}</p>
  </main>`;
}

/** An error in words with what to do about it. */
export function errorNotice(error: { readonly message: string; readonly hint: string | null }): TemplateResult {
  return html`<div class="notice is-error" role="alert">
    <p class="notice-sentence">${error.message}</p>
    ${error.hint === null ? nothing : html`<p class="notice-hint">${error.hint}</p>`}
  </div>`;
}
