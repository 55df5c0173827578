import {
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { type ChartColours, chartColours, themeChanged } from '../theme';
import { showLines } from './chartLines';
import type { Line } from './line';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

/** How a chart looks in given colours: called again when the theme changes. */
export type ChartPlan = (colours: ChartColours) => ChartConfiguration<'line'>;

/**
 * `<chart-canvas .plan=${…} .lines=${…} label="…">`: owns one chart.js chart from being connected to being removed.
 * Set the same `plan` again and nothing happens; the label is what a screen reader says. `lines`, for a chart that moves,
 * take the place of the plan's own, in the chart that is there.
 */
export class ChartCanvas extends HTMLElement {
  #plan: ChartPlan | null = null;
  #lines: readonly Line[] | null = null;
  #shown: readonly Line[] = [];
  #chart: Chart<'line'> | null = null;
  #colours: ChartColours | null = null;
  readonly #redraw = (): void => this.#draw();
  readonly #fit = (): void => this.#chart?.resize();

  set plan(plan: ChartPlan) {
    if (plan === this.#plan) return;
    this.#plan = plan;
    if (this.isConnected) this.#draw();
  }

  set lines(lines: readonly Line[]) {
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#showLines();
  }

  connectedCallback(): void {
    document.addEventListener(themeChanged, this.#redraw);
    window.addEventListener('beforeprint', this.#fit);
    this.#draw();
  }

  disconnectedCallback(): void {
    document.removeEventListener(themeChanged, this.#redraw);
    window.removeEventListener('beforeprint', this.#fit);
    this.#chart?.destroy();
    this.#chart = null;
  }

  #draw(): void {
    if (this.#plan === null) return;
    this.#chart?.destroy();
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', this.getAttribute('label') ?? '');
    this.replaceChildren(canvas);
    this.#colours = chartColours();
    this.#chart = new Chart(canvas, this.#plan(this.#colours));
    this.#shown = [];
    this.#showLines();
  }

  #showLines(): void {
    if (this.#chart === null || this.#colours === null || this.#lines === null) return;
    showLines(this.#chart, { shown: this.#shown, lines: this.#lines, colours: this.#colours });
    this.#shown = this.#lines;
  }
}

/** Registers the element once; a second script on the same page changes nothing. */
export function defineChartCanvas(): void {
  if (customElements.get('chart-canvas') === undefined) customElements.define('chart-canvas', ChartCanvas);
}
