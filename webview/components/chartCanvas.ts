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

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

/** How a chart looks in given colours: called again when the theme changes. */
export type ChartPlan = (colours: ChartColours) => ChartConfiguration<'line'>;

/**
 * `<chart-canvas .plan=${…} label="…">`: owns one chart.js chart from being connected to being removed.
 * Set the same `plan` again and nothing happens; the label is what a screen reader says.
 */
export class ChartCanvas extends HTMLElement {
  #plan: ChartPlan | null = null;
  #chart: Chart<'line'> | null = null;
  readonly #redraw = (): void => this.#draw();
  readonly #fit = (): void => this.#chart?.resize();

  set plan(plan: ChartPlan) {
    if (plan === this.#plan) return;
    this.#plan = plan;
    if (this.isConnected) this.#draw();
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
    this.#chart = new Chart(canvas, this.#plan(chartColours()));
  }
}

/** Registers the element once; a second script on the same page changes nothing. */
export function defineChartCanvas(): void {
  if (customElements.get('chart-canvas') === undefined) customElements.define('chart-canvas', ChartCanvas);
}
