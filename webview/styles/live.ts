import { css } from 'lit';

/** The page while a run is on: dense, still, everything of a second in one place. */
export const live = css`
  .run-bar {
    position: sticky;
    top: 0;
    z-index: 5;
    background: var(--page);
    border-bottom: 1px solid var(--line);
  }
  .run-bar > .content {
    display: flex;
    gap: 0.35rem 1rem;
    align-items: center;
    justify-content: space-between;
    padding-block: 0.7rem 0.6rem;
  }
  .run-what {
    min-width: 0;
  }
  .run-bar h1 {
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .run-bar .joint {
    font-weight: 400;
    color: var(--muted);
  }
  .run-doing {
    font-size: 0.875rem;
    line-height: 1.45;
  }
  .run-doing b {
    font-weight: 600;
  }
  .run-end {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0.3rem 0.9rem;
    align-items: center;
    justify-content: flex-end;
    max-width: 60%;
  }
  .run-left {
    font-size: 1.0625rem;
    font-weight: 600;
    text-align: right;
  }
  .run-bar progress {
    position: absolute;
    right: 0;
    bottom: -1px;
    left: 0;
    display: block;
    width: 100%;
    height: 2px;
    appearance: none;
    border: none;
    background: transparent;
  }
  .run-bar progress::-webkit-progress-bar {
    background: transparent;
  }
  .run-bar progress::-webkit-progress-value {
    background: var(--vscode-progressBar-background, var(--accent));
  }

  .live {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    padding-block: 1rem 2.5rem;
  }
  .live-part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  .live-part > h2 {
    font-size: 0.9375rem;
    font-weight: 650;
    line-height: 1.3;
  }
  .live-part-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 0.9rem;
    align-items: center;
  }
  .live-part-head > h2 {
    font-size: 1rem;
    font-weight: 650;
  }
  .live-part > .small {
    margin: -0.35rem 0 0;
  }
  .checks,
  .results {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.35rem;
    list-style: none;
    font-size: 0.9063rem;
  }
  .checks li {
    display: grid;
    grid-template-columns: 1.2rem minmax(0, 1fr);
  }
  .checks .mark {
    font-weight: 700;
    color: var(--muted);
  }
  .checks .is-ok .mark {
    color: var(--better);
  }
  .checks .is-failed .mark {
    color: var(--worse);
  }
  .results li {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.25rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.65rem 0.9rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 6px;
  }
  .results .result {
    flex: 1 1 16rem;
    min-width: 0;
  }
  .results .notice {
    margin-top: 0.4rem;
  }

  .estimate {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2rem;
    padding: 0.7rem 0.95rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-left: 3px solid var(--accent);
    border-radius: 0 6px 6px 0;
    font-size: 0.8438rem;
    font-variant-numeric: tabular-nums;
  }
  .estimate .lead-estimate {
    font-size: 1rem;
    line-height: 1.45;
  }
  .estimate .facts {
    margin: 0;
    font-size: inherit;
  }

  .block-strip .order {
    gap: 0.45rem 0.9rem;
    max-height: 14rem;
    padding: 3px;
    overflow-y: auto;
  }
  .block-strip .order li {
    gap: 4px;
    font-variant-numeric: tabular-nums;
  }
  .block-strip .order li.is-on {
    color: var(--text);
    font-weight: 600;
  }
  .block-strip .small {
    margin: 0.3rem 0 0;
  }
  .block-strip .trial.is-pending {
    color: var(--muted);
    font-weight: 400;
    border-style: dotted;
    border-color: var(--muted);
  }
  .block-strip .trial.is-verified {
    background: color-mix(in srgb, var(--own) 22%, var(--page));
  }
  .block-strip .trial.is-on {
    background: color-mix(in srgb, var(--own) 22%, var(--page));
    outline: 2px solid var(--own);
    outline-offset: 1px;
  }
  .block-strip .trial.is-undone {
    border-style: dashed;
    text-decoration: line-through;
  }
  .block-strip .trial.has-failed {
    color: var(--worse);
    border-color: var(--worse);
    background: none;
  }

  .figure-strip {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr));
    gap: 0.6rem;
  }
  .figures {
    contain: content;
    min-width: 0;
    padding: 0.55rem 0.9rem 0.6rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 6px;
  }
  .figures h2 {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5rem;
    align-items: center;
    font-size: 0.8125rem;
    font-weight: 600;
    line-height: 1.5;
  }
  .figures .name {
    min-width: 0;
  }
  .figures .of {
    font-weight: 400;
    color: var(--muted);
  }
  .figures dl {
    display: grid;
    grid-template-columns: repeat(5, minmax(0, 1fr));
    gap: 0.25rem 0.5rem;
    margin-top: 0.2rem;
  }
  .figures dt {
    font-size: 0.75rem;
    color: var(--muted);
    line-height: 1.3;
  }
  .figures dd {
    font-size: 1.125rem;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
    white-space: nowrap;
  }
  .figures:not(.is-on) dd {
    font-weight: 400;
    color: color-mix(in srgb, var(--text) 74%, var(--page));
  }
  .figures.is-on {
    border-color: var(--strong-line);
  }
  :root[data-contrast='high'] .figures:not(.is-on) {
    border-style: dashed;
  }

  .live-charts {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: 0.6rem;
  }
  .live-charts .chart-card {
    /* What changes inside each second moves nothing outside. */
    contain: content;
    grid-column: span 2;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2rem;
    align-content: start;
    padding: 0.6rem 0.75rem 0.5rem;
    border-radius: 6px;
  }
  .live-charts .chart-card:nth-child(1),
  .live-charts .chart-card:nth-child(2) {
    grid-column: span 3;
  }
  .live-charts chart-canvas {
    height: 7rem;
  }
  .live-charts .chart-card:nth-child(1) chart-canvas,
  .live-charts .chart-card:nth-child(2) chart-canvas {
    height: 10.5rem;
  }
  .live-charts .kind {
    white-space: nowrap;
  }
  .latest {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9rem;
    min-height: 1.3rem;
    list-style: none;
    font-size: 0.8438rem;
    font-variant-numeric: tabular-nums;
  }
  .latest li {
    display: inline-flex;
    gap: 0.4rem;
    align-items: center;
  }
  .latest .value {
    color: var(--text);
    white-space: nowrap;
  }

  .log {
    min-width: 0;
  }
  .log-lines {
    display: flex;
    flex-direction: column-reverse;
    max-height: 16rem;
    overflow: auto;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 6px;
  }
  .log-lines pre {
    margin: 0;
    padding: 0.6rem 0.8rem;
    font: 0.8125rem/1.5 var(--mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  @media (max-width: 36rem) {
    /* As wide as a panel beside the code is: two in a row, the fifth alone. */
    .live-charts .chart-card:nth-child(n) {
      grid-column: span 3;
    }
    .live-charts .chart-card:nth-child(5) {
      grid-column: 1 / -1;
    }
    .run-bar > .content {
      align-items: flex-start;
    }
    .figures dd {
      font-size: 1rem;
    }
    .figures {
      padding-inline: 0.7rem;
    }
  }

  @media (max-width: 30rem) {
    .live-charts .chart-card:nth-child(n) {
      grid-column: 1 / -1;
    }
  }
`;
