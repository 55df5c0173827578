import { css } from 'lit';

/** Tables: aligned number columns; below 40 rem each row becomes a labelled list, so that nothing is cut off. */
export const tables = css`
  .table-frame {
    min-width: 0;
    overflow-x: auto;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 8px;
  }
  table {
    width: 100%;
    overflow-wrap: break-word;
    border-collapse: collapse;
    font-size: 0.8438rem;
    line-height: 1.4;
  }
  caption {
    padding: 0.75rem 1rem 0.55rem;
    text-align: left;
    color: var(--muted);
    font-size: 0.8125rem;
  }
  caption b {
    color: var(--text);
    font-weight: 600;
  }
  th,
  td {
    padding: 0.42rem 0.7rem;
    text-align: left;
    vertical-align: baseline;
    border-top: 1px solid var(--line);
  }
  th:first-child,
  td:first-child {
    padding-left: 1rem;
  }
  th:last-child,
  td:last-child {
    padding-right: 1rem;
  }
  thead th {
    font-size: 0.75rem;
    font-weight: 600;
    color: var(--muted);
    line-height: 1.3;
    vertical-align: bottom;
    border-top: none;
  }
  tbody th {
    font-weight: 500;
  }
  tbody tr.sought > * {
    background: var(--raised);
    border-block: 1px solid var(--focus);
  }
  tbody tr:hover > * {
    background: var(--raised);
  }
  .end {
    text-align: right;
  }
  td.end {
    white-space: nowrap;
  }
  td .second {
    display: block;
    color: var(--muted);
    font-size: 0.92em;
  }
  tr.group > th {
    padding-top: 0.9rem;
    font-size: 0.75rem;
    font-weight: 600;
    color: var(--muted);
    background: var(--surface);
  }
  .interval-cell {
    min-width: 10rem;
    width: 24%;
    vertical-align: middle;
  }
  .bar-axis {
    display: flex;
    justify-content: space-between;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .bar-axis > :first-child,
  .bar-axis > :last-child {
    flex: 1;
  }
  .bar-axis > :last-child {
    text-align: right;
  }
  .unit {
    color: var(--muted);
    font-weight: 400;
    font-size: 0.92em;
    white-space: nowrap;
  }
  .metric-note {
    display: block;
    font-weight: 400;
    color: var(--muted);
    font-size: 0.92em;
    max-width: 26rem;
  }

  details.alternative {
    font-size: 0.8125rem;
  }
  details > summary {
    width: fit-content;
    cursor: pointer;
    color: var(--muted);
    font-size: 0.8125rem;
  }
  details > summary:hover {
    color: var(--text);
  }
  details[open] > summary {
    margin-bottom: 0.5rem;
  }
  .chart-card .table-frame {
    max-height: 20rem;
    overflow: auto;
  }

  @media print {
    table {
      font-size: 7.25pt;
      line-height: 1.3;
    }
    thead {
      display: table-header-group;
    }
    thead th {
      font-size: 6.75pt;
    }
    th,
    td {
      padding: 0.2rem 0.35rem;
    }
    th:first-child,
    td:first-child {
      padding-left: 0.5rem;
    }
    th:last-child,
    td:last-child {
      padding-right: 0.5rem;
    }
    td.end {
      white-space: normal;
    }
    table.stacks tbody th {
      min-width: 6.5rem;
    }
    .interval-cell {
      min-width: 6rem;
    }
    .table-frame {
      overflow: visible;
      border-radius: 0;
    }
    .unit {
      white-space: normal;
    }
    .word {
      padding-inline: 0.3rem;
      font-size: 6.75pt;
    }
    details:not([open]) {
      display: none;
    }
  }
  /* As wide as a panel beside the code: the word at the end of a row must be seen without scrolling. */
  @media screen and (max-width: 66rem) {
    th,
    td {
      padding-inline: 0.4rem;
    }
    .interval-cell {
      min-width: 9rem;
      width: 18%;
    }
    .bar-axis {
      font-size: 0.9em;
      white-space: nowrap;
    }
    td .second {
      font-size: 0.85em;
    }
  }
  @media screen and (max-width: 40rem) {
    table.stacks,
    table.stacks tbody,
    table.stacks tr,
    table.stacks th,
    table.stacks td,
    table.stacks caption {
      display: block;
      width: auto;
    }
    table.stacks thead {
      display: none;
    }
    table.stacks tbody tr {
      padding: 0.65rem 0.9rem;
      border-top: 1px solid var(--line);
    }
    table.stacks tr.group {
      padding-bottom: 0.1rem;
    }
    table.stacks th,
    table.stacks td,
    table.stacks th:first-child,
    table.stacks td:first-child,
    table.stacks th:last-child,
    table.stacks td:last-child {
      padding: 0.1rem 0;
      border: none;
      text-align: right;
      white-space: normal;
    }
    table.stacks tbody tr > th,
    table.stacks tbody tr > th:first-child,
    table.stacks tbody tr > th:last-child {
      text-align: left;
      font-weight: 600;
    }
    table.stacks tbody td[data-label] {
      display: grid;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      gap: 0.75rem;
      align-items: baseline;
    }
    table.stacks td[data-label]::before {
      content: attr(data-label);
      text-align: left;
      color: var(--muted);
      font-size: 0.75rem;
    }
    table.stacks tbody td:has(.absent) {
      display: none !important;
    }
    table.stacks tbody td.interval-cell[data-label] {
      display: block;
      padding: 0.35rem 0;
      min-width: 0;
    }
    table.stacks td.interval-cell[data-label]::before {
      display: none;
    }
    table.stacks tbody tr:hover > * {
      background: none;
    }
    th,
    td {
      padding-inline: 0.5rem;
    }
  }
`;
