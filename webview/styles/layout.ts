import { css } from 'lit';

/** Type, spacing, header, verdict, navigation, sections, print. */
export const layout = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  html {
    scroll-padding-top: 3.5rem;
    -webkit-text-size-adjust: 100%;
  }
  body {
    margin: 0;
    padding: 0;
    background: var(--page);
    color: var(--text);
    font: 400 0.9375rem/1.55 var(--font);
    overflow-wrap: anywhere;
  }
  .content,
  .page-header,
  .page-footer {
    max-width: 74rem;
    margin: 0 auto;
    padding-inline: clamp(0.875rem, 3vw, 2rem);
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  figure,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }
  code,
  .code {
    font-family: var(--mono);
    font-size: 0.875em;
  }
  .number,
  td.end,
  th.end {
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--muted);
  }
  .nowrap {
    white-space: nowrap;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: 3px;
  }

  .page-header {
    padding-top: clamp(1.25rem, 3vw, 2.25rem);
  }
  .page-header .eyebrow {
    font-size: 0.75rem;
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--muted);
  }
  .page-header h1 {
    margin-top: 0.2rem;
    font-size: clamp(1.3rem, 1rem + 1.4vw, 1.75rem);
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.015em;
  }
  .page-header h1 .joint {
    font-weight: 400;
    color: var(--muted);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 1.1rem;
    margin-top: 0.5rem;
    font-size: 0.8125rem;
    color: var(--muted);
    list-style: none;
  }
  .facts b {
    font-weight: 600;
    color: var(--text);
  }

  .verdict {
    margin-top: 1.5rem;
    padding: clamp(1rem, 2.5vw, 1.5rem) clamp(1rem, 2.5vw, 1.75rem);
    background: var(--surface);
    border: 1px solid var(--line);
    border-left: 4px solid var(--accent);
    border-radius: 8px;
  }
  .verdict .sentence {
    max-width: 62rem;
    font-size: clamp(1.1rem, 0.95rem + 0.8vw, 1.4rem);
    line-height: 1.45;
    font-weight: 500;
    letter-spacing: -0.006em;
    text-wrap: pretty;
  }
  .verdict .reason {
    margin-top: 0.6rem;
    color: var(--muted);
  }
  .verdict.is-invalid {
    border-left-color: var(--worse);
  }
  .verdict.is-partial {
    border-left-color: var(--warn);
  }
  .verdict .warning-note {
    margin-top: 0.7rem;
    font-size: 0.875rem;
  }

  .section-nav {
    position: sticky;
    top: 0;
    z-index: 5;
    margin-top: 1.75rem;
    background: var(--page);
    border-bottom: 1px solid var(--line);
  }
  .section-nav [role='tablist'] {
    display: flex;
    gap: 0.1rem;
    max-width: 74rem;
    margin: 0 auto;
    padding-inline: clamp(0.35rem, 2.5vw, 1.5rem);
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .section-nav [role='tab'] {
    flex: none;
    padding: 0.6rem 0.55rem;
    font: inherit;
    font-size: 0.8125rem;
    font-weight: 500;
    color: var(--muted);
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    white-space: nowrap;
    cursor: pointer;
  }
  .section-nav [role='tab']:hover {
    color: var(--text);
    border-bottom-color: var(--strong-line);
  }
  .section-nav [role='tab'][aria-selected='true'] {
    color: var(--text);
    font-weight: 650;
    border-bottom-color: var(--accent);
  }
  .section-nav [role='tab']:focus-visible {
    outline-offset: -3px;
  }
  [role='tabpanel'] {
    min-height: 22rem;
  }
  [role='tabpanel'][hidden] {
    display: none;
  }

  section.part {
    margin-top: 1.75rem;
  }
  section.part + section.part {
    margin-top: 2.5rem;
  }
  section.part > h2 {
    font-size: 1.1875rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }
  section.part > .lead {
    max-width: 48rem;
    margin-top: 0.2rem;
    color: var(--muted);
    font-size: 0.875rem;
  }
  section.part > .body {
    margin-top: 0.9rem;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .body h3 {
    font-size: 0.875rem;
    font-weight: 600;
    margin-bottom: 0.4rem;
  }
  .card {
    min-width: 0;
    padding: 0.9rem 1rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 8px;
  }
  .empty {
    padding: 0.9rem 1rem;
    color: var(--muted);
    background: var(--surface);
    border: 1px dashed var(--strong-line);
    border-radius: 8px;
  }
  .page-footer {
    margin-top: 3rem;
    padding-block: 1.25rem 2.5rem;
    border-top: 1px solid var(--line);
    color: var(--muted);
    font-size: 0.8125rem;
  }

  @media print {
    body {
      background: #fff;
      font-size: 9.5pt;
      -webkit-print-color-adjust: exact;
      print-color-adjust: exact;
    }
    .section-nav,
    .screen-only {
      display: none !important;
    }
    section.part {
      margin-top: 1.6rem;
    }
    [role='tabpanel'] {
      min-height: 0;
    }
    h2,
    h3,
    section.part > .lead,
    caption {
      break-after: avoid;
    }
    .card,
    tr,
    .headline-card,
    .chart-card {
      break-inside: avoid;
    }
    .page-header,
    .content,
    .page-footer {
      max-width: none;
      padding-inline: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    html {
      scroll-behavior: smooth;
    }
  }
`;
