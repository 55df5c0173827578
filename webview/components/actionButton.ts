import { html, nothing, type TemplateResult } from 'lit';

export interface ActionButton {
  readonly label: string;
  readonly isPrimary?: boolean;
  /** Why it cannot be used now; null: it can. It stays focusable, so that the reason can be read. */
  readonly whyNot?: string | null;
  readonly title?: string;
  readonly onPress: () => void;
}

/** A button as the editor draws its own. */
export function actionButton(button: ActionButton): TemplateResult {
  const { label, isPrimary = false, whyNot = null, title, onPress } = button;
  return html`<button
    type="button"
    class=${isPrimary ? 'button is-primary' : 'button'}
    title=${whyNot ?? title ?? nothing}
    aria-disabled=${whyNot === null ? nothing : 'true'}
    @click=${() => {
      if (whyNot === null) onPress();
    }}
  >
    ${label}
  </button>`;
}
