import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';
import type { Act } from '../panelState';

/** The newest lines of the app and its companions; they are drawn only while they can be seen. */
export function logPart({ log, targets }: LiveRun, isOpen: boolean, act: Act): TemplateResult | typeof nothing {
  if (log.length === 0) return nothing;
  const sources = new Set(log.map(({ source }) => source));
  const hasNames = sources.size > 1 || !targets.some((target) => sources.has(target));
  const lines = log.map(({ source, line }) => (hasNames ? `${source}  ${line}` : line));
  return html`<details
    class="log"
    .open=${isOpen}
    @toggle=${(event: Event) => {
      const { currentTarget } = event;
      if (currentTarget instanceof HTMLDetailsElement && currentTarget.open !== isOpen)
        act({ type: 'toggleLog', isOpen: currentTarget.open });
    }}
  >
    <summary>Log, last lines</summary>
    ${
      isOpen
        ? html`<div class="log-lines" role="region" aria-label="Log" tabindex="0"><pre>${lines.join('\n')}</pre></div>`
        : nothing
    }
  </details>`;
}
