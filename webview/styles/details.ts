import { css } from 'lit';

/** Fields, warnings, facts, the drawn order, commands. */
export const details = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.25rem;
    align-items: center;
    font-size: 0.8438rem;
  }
  .controls label {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    min-width: 0;
    max-width: 100%;
  }
  select,
  input {
    max-width: 100%;
    padding: 0.28rem 0.5rem;
    font: inherit;
    color: var(--vscode-input-foreground, var(--text));
    background: var(--vscode-input-background, var(--surface));
    border: 1px solid var(--strong-line);
    border-radius: 5px;
  }
  input[type='number'] {
    width: 7rem;
    font-variant-numeric: tabular-nums;
  }
  .text-button {
    padding: 0.15rem 0.55rem;
    font: inherit;
    font-size: 0.8125rem;
    color: var(--accent);
    background: none;
    border: 1px solid var(--line);
    border-radius: 4px;
    cursor: pointer;
  }
  .text-button:hover {
    border-color: var(--strong-line);
  }
  .text-button[aria-pressed='true'] {
    color: var(--text);
    background: var(--raised);
    border-color: var(--strong-line);
  }
  .controls.screen-only input[type='number'] {
    width: 5rem;
  }
  .bar-cell {
    display: block;
    height: 0.55rem;
    min-width: 5rem;
    margin-top: 0.35rem;
  }

  .warnings {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.35rem;
    margin-top: 0.9rem;
  }
  .warnings details {
    padding: 0.4rem 0.8rem;
    font-size: 0.875rem;
    background: var(--warn-soft);
    border-left: 3px solid var(--warn);
    border-radius: 0 6px 6px 0;
  }
  .warnings summary {
    cursor: pointer;
    font-weight: 600;
  }
  .warnings .advice {
    margin: 0.2rem 0 0.1rem 1.05rem;
    color: var(--muted);
  }
  :root[data-contrast='high'] .warnings details {
    border: 1px solid var(--line);
    border-left: 3px solid var(--warn);
  }
  button.link {
    padding: 0;
    font: inherit;
    text-align: inherit;
    color: var(--accent);
    background: none;
    border: 0;
    cursor: pointer;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .warning-list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    list-style: none;
  }
  .warning-list li {
    padding: 0.7rem 0.9rem;
    background: var(--warn-soft);
    border-left: 3px solid var(--warn);
    border-radius: 0 6px 6px 0;
  }
  :root[data-contrast='high'] .warning-list li {
    border: 1px solid var(--line);
    border-left: 3px solid var(--warn);
  }
  .warning-list .advice {
    margin-top: 0.15rem;
    color: var(--muted);
  }
  .method {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr));
    gap: 0.75rem;
  }
  .method dl {
    display: grid;
    grid-template-columns: minmax(6.5rem, 9rem) minmax(0, 1fr);
    gap: 0.3rem 1rem;
    font-size: 0.8438rem;
  }
  .method dt {
    color: var(--muted);
  }
  .method dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .small {
    font-size: 0.8125rem;
    margin-bottom: 0.5rem;
  }
  .order {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 0.9rem;
    list-style: none;
    font-size: 0.75rem;
    color: var(--muted);
  }
  .order li {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .order .trial {
    display: inline-grid;
    place-items: center;
    width: 1.35rem;
    height: 1.35rem;
    color: var(--text);
    border: 1.5px solid var(--own, currentColor);
    border-radius: 4px;
    font-weight: 600;
    font-size: 0.6875rem;
  }
  .order .trial.capacity {
    border-radius: 50%;
  }
  pre.command {
    margin: 0;
    padding: 0.7rem 0.9rem;
    font: 0.8125rem/1.5 var(--mono);
    background: var(--raised);
    border-radius: 6px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
