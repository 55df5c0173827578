/** The colours of charts, read from the style sheet's variables, so that canvas and page never disagree. */
export interface ChartColours {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  /** The ground under what is not measured. */
  readonly warmup: string;
  readonly surface: string;
  readonly variants: readonly string[];
  /** How strongly a faint line is drawn, in percent: high contrast knows no hints. */
  readonly faintPercent: number;
}

/** Sent to `document` after the theme has changed; charts read their colours again. */
export const themeChanged = 'insights-theme-changed';

/** How many variants have a colour and a dash of their own. */
export const variantStyles = 6;

/**
 * Sets `data-theme` and `data-contrast` on the root and keeps them right: VS Code's own theme first, then the system's,
 * light on paper.
 */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  const apply = (isPaper: boolean): void => {
    const root = document.documentElement.dataset;
    const theme = isPaper ? 'light' : (editorTheme() ?? (dark.matches ? 'dark' : 'light'));
    const contrast = !isPaper && isHighContrast() ? 'high' : 'normal';
    if (root['theme'] === theme && root['contrast'] === contrast) return;
    root['theme'] = theme;
    root['contrast'] = contrast;
    tellCharts();
  };
  const follow = (): void => apply(paper.matches);
  dark.addEventListener('change', follow);
  paper.addEventListener('change', follow);
  window.addEventListener('beforeprint', () => apply(true));
  window.addEventListener('afterprint', follow);
  new MutationObserver(() => {
    follow();
    tellCharts();
  }).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'],
  });
  follow();
}

/** Of the theme that is on; null: to be read again. */
let known: ChartColours | null = null;

/** The chart colours of the theme that is on. Read once for it: each reading lays out the styles of the whole page. */
export function chartColours(): ChartColours {
  known ??= readColours();
  return known;
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: read('--text'),
    muted: read('--muted'),
    grid: read('--grid'),
    warmup: read('--warmup'),
    surface: read('--surface'),
    variants: Array.from({ length: variantStyles }, (_, index) => read(`--variant-${index}`)),
    faintPercent: Number.parseFloat(read('--faint-percent')),
  };
}

function tellCharts(): void {
  known = null;
  document.dispatchEvent(new Event(themeChanged));
}

function editorTheme(): 'light' | 'dark' | null {
  const kind = document.body.dataset['vscodeThemeKind'];
  if (kind === undefined) return null;
  return kind === 'vscode-light' || kind === 'vscode-high-contrast-light' ? 'light' : 'dark';
}

function isHighContrast(): boolean {
  return document.body.dataset['vscodeThemeKind']?.startsWith('vscode-high-contrast') === true;
}
