import { errors, type Locator, type Page } from 'playwright-core';

/** The box on top of the window: the palette, quick picks, input boxes. */
export interface QuickInput {
  readonly input: Locator;
  /** As the extension wrote it, and the step counter behind it. */
  readonly title: Locator;
  readonly rows: Locator;
  /** A row by what a screen reader reads: label, description, detail, separated by commas. */
  row(name: string | RegExp): Locator;
  /** Resolves when the row was there and was chosen. */
  choose(name: string | RegExp): Promise<void>;
  /** Enter: what a user does who wants what is offered. */
  accept(): Promise<void>;
  dismiss(): Promise<void>;
  back(): Promise<void>;
}

/** How long the palette is given to open, and to list a command, before it is opened again: it does not follow what is registered later. */
const listMs = 2_000;
const commandMs = 60_000;

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget:visible');
  const input = box.locator('.quick-input-box input');
  const row = (name: string | RegExp): Locator => box.getByRole('option', { name }).first();
  return {
    input,
    title: box.locator('.quick-input-title'),
    rows: box.locator('.quick-input-list .monaco-list-row'),
    row,
    choose: async (name) => row(name).click(),
    accept: async () => input.press('Enter'),
    dismiss: async () => {
      await input.press('Escape');
      await box.waitFor({ state: 'hidden' });
    },
    back: async () => box.getByRole('button', { name: 'Back' }).click(),
  };
}

/**
 * Runs a command from the palette by its title, with or without its category. Waits until there is one. A palette closes when
 * something else takes the focus, such as the page of a tab that was clicked before: then it is opened again.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const box = quickInput(page);
  const row = box.row(new RegExp(`^(?:[^:]+: )?${escapeForRegExp(title)}(?:,|$)`));
  const deadlineMs = performance.now() + commandMs;
  for (;;) {
    await page.keyboard.press('F1');
    if (await inTime(box.input.fill(`>${title}`, { timeout: listMs }))) {
      if (await inTime(row.waitFor({ timeout: listMs }))) break;
      await box.dismiss();
    }
    if (performance.now() > deadlineMs) throw new Error(`The palette has no command "${title}".`);
  }
  await row.click();
}

async function inTime(action: Promise<void>): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

export function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
