import { css } from 'lit';

/**
 * The theme: one set of variables that everything is drawn with. In the editor they follow `--vscode-*`;
 * elsewhere they are our own calm light and dark. Verdict colours are ours everywhere: at least 4.5:1 on the surface.
 */
export const palette = css`
  :root {
    color-scheme: light;
    --page: var(--vscode-editor-background, #f5f6f8);
    --surface: var(--vscode-editorWidget-background, #ffffff);
    --raised: var(--vscode-list-hoverBackground, #f2f4f7);
    --text: var(--vscode-foreground, #1b2330);
    --muted: var(--vscode-descriptionForeground, #59646f);
    --line: var(--vscode-panel-border, #e1e5ea);
    --strong-line: var(--vscode-input-border, #c3cad3);
    --accent: var(--vscode-textLink-foreground, #2563c9);
    --focus: var(--vscode-focusBorder, #2563c9);
    --zone: rgba(90, 104, 122, 0.16);
    --warmup: rgba(90, 104, 122, 0.09);
    --variant-0: #6b7888;
    --variant-1: var(--vscode-charts-blue, #2469d6);
    --variant-2: var(--vscode-charts-purple, #8a45c4);
    --variant-3: var(--vscode-charts-green, #0d7f73);
    --variant-4: var(--vscode-charts-orange, #b0560b);
    --variant-5: #b8336a;
    --worse: #b03a1e;
    --better: #14724e;
    --same: #3c5a80;
    --unclear: #5d6773;
    --worse-soft: #fbeae5;
    --better-soft: #e4f3ec;
    --same-soft: #e8eef6;
    --unclear-soft: #eef0f3;
    --warn: #8a5a00;
    --warn-soft: #fdf4de;
    --grid: var(--line);
    --faint-percent: 24;
    --font: var(
      --vscode-font-family,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      Arial,
      sans-serif
    );
    --mono: var(
      --vscode-editor-font-family,
      ui-monospace,
      'SF Mono',
      'Cascadia Mono',
      'Roboto Mono',
      'Liberation Mono',
      monospace
    );
  }

  :root[data-theme='dark'] {
    color-scheme: dark;
    --page: var(--vscode-editor-background, #14171c);
    --surface: var(--vscode-editorWidget-background, #1b1f26);
    --raised: var(--vscode-list-hoverBackground, #232831);
    --text: var(--vscode-foreground, #e4e8ee);
    --muted: var(--vscode-descriptionForeground, #9aa5b3);
    --line: var(--vscode-panel-border, #2c333d);
    --strong-line: var(--vscode-input-border, #465060);
    --accent: var(--vscode-textLink-foreground, #7db0ff);
    --focus: var(--vscode-focusBorder, #7db0ff);
    --zone: rgba(160, 175, 195, 0.18);
    --warmup: rgba(160, 175, 195, 0.1);
    --variant-0: #98a5b5;
    --variant-1: var(--vscode-charts-blue, #6ba5ff);
    --variant-2: var(--vscode-charts-purple, #c392f2);
    --variant-3: var(--vscode-charts-green, #4cc4b4);
    --variant-4: var(--vscode-charts-orange, #eda45a);
    --variant-5: #f08bb3;
    --worse: #ff9c80;
    --better: #6fd3a5;
    --same: #a8c4ea;
    --unclear: #a9b4c2;
    --worse-soft: #3a231d;
    --better-soft: #17332a;
    --same-soft: #1f2c3f;
    --unclear-soft: #272d36;
    --warn: #f0c36a;
    --warn-soft: #332a16;
  }

  /* High contrast: nothing is told by a soft ground or a faint line. */
  :root[data-contrast='high'] {
    --line: var(--vscode-contrastBorder, currentColor);
    --strong-line: var(--vscode-contrastBorder, currentColor);
    --zone: color-mix(in srgb, var(--text) 22%, transparent);
    --warmup: color-mix(in srgb, var(--text) 14%, transparent);
    --worse-soft: transparent;
    --better-soft: transparent;
    --same-soft: transparent;
    --unclear-soft: transparent;
    --warn-soft: transparent;
    --grid: color-mix(in srgb, var(--text) 30%, transparent);
    --faint-percent: 50;
  }
`;
