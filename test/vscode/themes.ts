import type { Page } from 'playwright-core';
import { quickInput, runCommand } from './quickInput';

/** The themes that every view is looked at in, with the class that the workbench wears in them, and a page's body. */
export const themes = {
  dark: { label: 'Dark Modern', workbench: 'vs-dark', body: 'vscode-dark' },
  light: { label: 'Light Modern', workbench: 'vs', body: 'vscode-light' },
  highContrast: { label: 'Dark High Contrast', workbench: 'hc-black', body: 'vscode-high-contrast' },
  highContrastLight: { label: 'Light High Contrast', workbench: 'hc-light', body: 'vscode-high-contrast-light' },
} as const;

export type ThemeName = keyof typeof themes;

export const themeNames = Object.keys(themes) as readonly ThemeName[];

/** As a user does it: a settings file that is written from outside is not followed before the next window. */
export async function setTheme(page: Page, name: ThemeName): Promise<void> {
  const { label, workbench } = themes[name];
  const box = quickInput(page);
  await runCommand(page, 'Preferences: Color Theme');
  await box.input.fill(label);
  await box.choose(new RegExp(`^${label}(?:,|$)`));
  await page.locator(`.monaco-workbench.${workbench}`).waitFor();
}
