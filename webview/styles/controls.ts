import { css } from 'lit';

/** What the page inside the editor has beside the report: buttons, notices, the bar of actions. */
export const controls = css`
  /* The editor's own size of text; the report's sheets count in rem. */
  :root[data-place='editor'] {
    font-size: calc(var(--vscode-font-size, 13px) * 1.1);
    --button: var(--vscode-button-secondaryBackground, transparent);
    --on-button: var(--vscode-button-secondaryForeground, var(--text));
    --button-hover: var(--vscode-button-secondaryHoverBackground, var(--raised));
    --primary: var(--vscode-button-background, var(--page));
    --on-primary: var(--vscode-button-foreground, var(--text));
    --primary-hover: var(--vscode-button-hoverBackground, var(--primary));
    --button-line: var(--vscode-button-border, transparent);
    --variant-0: color-mix(in srgb, var(--text) 62%, var(--page));
  }
  :root[data-place='editor'][data-contrast='high'] {
    --variant-0: color-mix(in srgb, var(--text) 80%, var(--page));
  }
  :root[data-place='editor'] body {
    min-width: 0;
  }

  .button {
    flex: none;
    max-width: 100%;
    min-height: 1.75rem;
    padding: 0.2rem 0.8rem;
    font: inherit;
    font-size: 0.9063rem;
    line-height: 1.35;
    color: var(--on-button);
    background: var(--button);
    border: 1px solid var(--button-line);
    border-radius: 4px;
    cursor: pointer;
  }
  .button:hover {
    background: var(--button-hover);
  }
  .button.is-primary {
    color: var(--on-primary);
    background: var(--primary);
  }
  .button.is-primary:hover {
    background: var(--primary-hover);
  }
  .button[aria-disabled] {
    opacity: 0.65;
    cursor: default;
  }
  :root[data-contrast='high'] .button {
    border-color: var(--vscode-contrastBorder, currentColor);
  }
  :root[data-contrast='high'] .button:hover {
    outline: 1px dashed var(--vscode-contrastActiveBorder, currentColor);
    outline-offset: 1px;
  }
  :root[data-contrast='high'] .button[aria-disabled] {
    opacity: 1;
    border-style: dashed;
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.25rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.7rem 0.9rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-left: 3px solid var(--warn);
    border-radius: 0 6px 6px 0;
  }
  .notice > * {
    min-width: 0;
  }
  .notice.is-error {
    display: block;
    border-left-color: var(--worse);
  }
  .notice-sentence {
    font-weight: 600;
  }
  .notice-hint {
    margin-top: 0.25rem;
    white-space: pre-wrap;
  }
  .notice-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }

  .record-actions > .content {
    margin-top: 0.9rem;
  }
  .action-bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 0.5rem;
    align-items: center;
    max-width: 74rem;
    margin: 0 auto;
    padding: 0.6rem clamp(0.875rem, 3vw, 2rem);
  }
  .record-actions {
    border-bottom: 1px solid var(--line);
  }
  .record-actions:has(.notice) {
    padding-bottom: 0.9rem;
  }
  .record-actions:has(.notice) > .content {
    margin-top: 0;
  }
  :root[data-place='editor'] .verdict {
    margin-top: 0.9rem;
    padding: 0.8rem 1.1rem;
  }
  :root[data-place='editor'] .verdict .sentence {
    font-size: clamp(1rem, 0.9rem + 0.5vw, 1.2rem);
  }
  :root[data-place='editor'] .section-nav {
    margin-top: 1rem;
  }
  :root[data-place='editor'] .page-header {
    padding-top: 1.1rem;
  }
  :root[data-place='editor'] .headline-strip {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
  }
  .why-not {
    font-size: 0.8125rem;
    color: var(--muted);
  }
  .page-wait {
    padding: 2rem clamp(0.875rem, 3vw, 2rem);
    color: var(--muted);
  }
`;
