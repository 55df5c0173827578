import { css } from 'lit';

/** Headline cards, interval bars, words, legends, block dots, charts. */
export const charts = css`
  .headline-strip {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14.5rem), 1fr));
    gap: 0.75rem;
    margin-top: 0.9rem;
  }
  .headline-strip > h2 {
    grid-column: 1 / -1;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .headline-card {
    display: flex;
    flex-direction: column;
    min-width: 0;
    padding: 0.9rem 1rem 0.75rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 8px;
  }
  .headline-card h3 {
    font-size: 0.8125rem;
    font-weight: 600;
    margin: 0;
  }
  .headline-card .change {
    margin-top: 0.3rem;
    font-size: 1.5625rem;
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .headline-card .beside {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 0.6rem;
    align-items: center;
    min-height: 1.6rem;
  }
  .headline-card .relative {
    font-size: 1rem;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .headline-card .relative:empty {
    display: none;
  }
  .headline-card .levels,
  .headline-card .printed-interval {
    font-size: 0.8125rem;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .headline-card .interval-bar {
    margin-top: 0.7rem;
  }
  .headline-card .printed-interval {
    margin-top: 0.35rem;
  }
  .headline-card .remark {
    margin-top: 0.3rem;
    font-size: 0.8125rem;
  }

  .interval-bar {
    display: block;
    width: 100%;
    height: 20px;
    overflow: visible;
  }
  .interval-bar.has-axis {
    height: 38px;
  }
  .interval-bar .axis {
    stroke: var(--line);
  }
  .interval-bar .zero {
    stroke: var(--muted);
    stroke-width: 1.25;
  }
  .interval-bar .zone {
    fill: var(--zone);
  }
  .interval-bar .noise {
    fill: var(--accent);
    opacity: 0.3;
  }
  .interval-bar .range {
    fill: currentColor;
    opacity: 0.38;
  }
  .interval-bar .estimate {
    fill: currentColor;
  }
  .interval-bar .clip {
    fill: currentColor;
  }
  .interval-bar text {
    fill: var(--muted);
    font: 11px var(--font);
    font-variant-numeric: tabular-nums;
  }
  .tone-worse {
    color: var(--worse);
  }
  .tone-better {
    color: var(--better);
  }
  .tone-same {
    color: var(--same);
  }
  .tone-unclear {
    color: var(--unclear);
  }
  .word {
    display: inline-flex;
    gap: 0.35em;
    align-items: baseline;
    padding: 0.05rem 0.5rem;
    border-radius: 999px;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
  }
  .word.tone-worse {
    background: var(--worse-soft);
  }
  .word.tone-better {
    background: var(--better-soft);
  }
  .word.tone-same {
    background: var(--same-soft);
  }
  .word.tone-unclear {
    background: var(--unclear-soft);
  }

  :root[data-contrast='high'] .word {
    border: 1px solid currentColor;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    font-size: 0.8125rem;
    list-style: none;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.45rem;
    min-width: 0;
  }
  .legend svg,
  .latest svg,
  .figures svg {
    flex: none;
    overflow: visible;
  }

  .chart-grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: 0.75rem;
  }
  .chart-grid.is-small {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
  }
  .chart-card {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    min-width: 0;
    padding: 0.8rem 0.9rem 0.7rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 8px;
  }
  .chart-card figcaption {
    font-size: 0.8125rem;
    color: var(--muted);
    line-height: 1.4;
  }
  .chart-card figcaption b {
    color: var(--text);
    font-weight: 600;
  }
  chart-canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 11.5rem;
    min-width: 0;
  }
  chart-canvas.tall {
    height: 20rem;
  }
  chart-canvas canvas {
    display: block;
    max-width: 100%;
  }
  @media print {
    chart-canvas.tall {
      height: 15rem;
    }
    /* The picture was drawn for the screen: it is fitted, not drawn again, because paper has no layout to ask yet. */
    chart-canvas canvas {
      width: 100% !important;
      height: 100% !important;
    }
  }
  .block-dots {
    display: block;
    width: 100%;
    height: 168px;
    overflow: visible;
  }
  .block-dots line.tick {
    stroke: var(--line);
  }
  .block-dots line.pair {
    stroke: var(--strong-line);
    stroke-width: 1.5;
  }
  .block-dots text {
    fill: var(--muted);
    font: 11px var(--font);
    font-variant-numeric: tabular-nums;
  }

  chart-canvas canvas {
    touch-action: pan-y;
  }
  .time-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
    align-items: center;
    justify-content: space-between;
  }
  .legend.marks {
    color: var(--muted);
  }
  .trend-chart {
    display: block;
    width: 100%;
    height: 176px;
    overflow: visible;
  }
  .trend-chart .tick {
    stroke: var(--line);
  }
  .trend-chart .tick.is-zero {
    stroke: var(--muted);
  }
  .trend-chart .band {
    fill: var(--accent);
    opacity: 0.14;
  }
  .trend-chart .range {
    stroke: var(--text);
    stroke-width: 1.5;
    opacity: 0.55;
  }
  .trend-chart .point {
    fill: var(--text);
  }
  .trend-chart .ring {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2;
  }
  .trend-chart text {
    fill: var(--muted);
    font: 11px var(--font);
    font-variant-numeric: tabular-nums;
  }

  ${variantColours()}
`;

/** One class per variant index, so that nothing needs an inline style. */
function variantColours(): ReturnType<typeof css> {
  return css`
    .variant-0 {
      --own: var(--variant-0);
      color: var(--own);
    }
    .variant-1 {
      --own: var(--variant-1);
      color: var(--own);
    }
    .variant-2 {
      --own: var(--variant-2);
      color: var(--own);
    }
    .variant-3 {
      --own: var(--variant-3);
      color: var(--own);
    }
    .variant-4 {
      --own: var(--variant-4);
      color: var(--own);
    }
    .variant-5 {
      --own: var(--variant-5);
      color: var(--own);
    }
  `;
}
