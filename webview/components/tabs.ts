import { html, nothing, type TemplateResult } from 'lit';
import { type Part, renderPart } from './part';

/** One tab of the page: some parts, made when it is first shown. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly parts: () => readonly Part[];
}

export interface TabsOptions {
  readonly tabs: readonly Tab[];
  readonly selected: string;
  /** Tabs whose parts are there: those that were shown, and all of them on paper. */
  readonly isMade: (id: string) => boolean;
  /** All panels at once, as on paper. */
  readonly isUnfolded: boolean;
  readonly onSelect: (id: string) => void;
}

/** A bar of tabs and their panels, after the pattern *Tabs* of the ARIA Authoring Practices: arrows, Home and End move and select. */
export function tabsOf(options: TabsOptions): TemplateResult {
  const { tabs, selected, isMade, isUnfolded } = options;
  return html`<div class="section-nav">
      <div role="tablist" aria-label="Parts of this report" @keydown=${(event: KeyboardEvent) => move(event, options)}>
        ${tabs.map(
          ({ id, title }) =>
            html`<button
              type="button"
              role="tab"
              id=${`tab-${id}`}
              aria-selected=${id === selected ? 'true' : 'false'}
              aria-controls=${`panel-${id}`}
              tabindex=${id === selected ? 0 : -1}
              @click=${() => options.onSelect(id)}
            >
              ${title}
            </button>`,
        )}
      </div>
    </div>
    <div class="content">
      ${tabs.map(
        ({ id, parts }) =>
          html`<div
            role="tabpanel"
            id=${`panel-${id}`}
            aria-labelledby=${`tab-${id}`}
            ?hidden=${id !== selected && !isUnfolded}
          >
            ${isMade(id) ? parts().map(renderPart) : nothing}
          </div>`,
      )}
    </div>`;
}

function move(event: KeyboardEvent, { tabs, selected, onSelect }: TabsOptions): void {
  const at = tabs.findIndex(({ id }) => id === selected);
  const next = targetOf(event.key, at, tabs.length);
  const tab = next === null ? undefined : tabs[next];
  if (tab === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const bar = event.currentTarget;
  onSelect(tab.id);
  bar.querySelector<HTMLElement>(`#tab-${CSS.escape(tab.id)}`)?.focus();
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
