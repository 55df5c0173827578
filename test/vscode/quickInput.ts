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
  /**
   * Enter: what a user does who wants what is offered. A list is waited for until one of its rows has the focus: it is drawn before, and
   * Enter would choose none.
   */
  accept(): Promise<void>;
  dismiss(): Promise<void>;
  back(): Promise<void>;
}

/** How long the palette is given to open, and to list a command, before it is opened again: it does not follow what is registered later. */
const listMs = 2_000;
const commandMs = 60_000;
/** How long a command is given to offer what is to be chosen: it may read files first. */
const choiceMs = 10_000;

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget:visible');
  const input = box.locator('.quick-input-box input');
  const list = box.locator('.quick-input-list');
  const rows = list.locator('.monaco-list-row');
  const offered = list.locator('.monaco-list-row.focused').first();
  const row = (name: string | RegExp): Locator => box.getByRole('option', { name }).first();
  return {
    input,
    title: box.locator('.quick-input-title'),
    rows,
    row,
    choose: async (name) => row(name).click(),
    accept: async () => {
      await input.waitFor();
      const isList = !/display:\s*none/.test((await list.getAttribute('style')) ?? '');
      if (isList) await inTime(offered.waitFor({ timeout: listMs }));
      await input.press('Enter');
    },
    dismiss: async () => {
      await input.press('Escape');
      await box.waitFor({ state: 'hidden' });
    },
    back: async () => box.getByRole('button', { name: 'Back' }).click(),
  };
}

/**
 * Runs a command from the palette by its title, with or without its category, and takes the row that is named of those it offers.
 * Waits until there is one. A palette, and what a command offers, closes when something else takes the focus, such as the page of a
 * tab that was clicked before: then it is opened again.
 */
export async function runCommand(page: Page, title: string, choice?: RegExp): Promise<void> {
  const box = quickInput(page);
  const row = box.row(new RegExp(`^(?:[^:]+: )?${escapeForRegExp(title)}(?:,|$)`));
  const deadlineMs = performance.now() + commandMs;
  for (;;) {
    await page.keyboard.press('F1');
    if (await inTime(box.input.fill(`>${title}`, { timeout: listMs }))) {
      if (await inTime(row.click({ timeout: listMs }))) {
        if (!choice || (await inTime(box.row(choice).click({ timeout: choiceMs })))) return;
      }
      if (await box.input.isVisible()) await box.dismiss();
    }
    if (performance.now() > deadlineMs) {
      throw new Error(`The palette has no command "${title}"${choice ? ` that offers ${choice.source}` : ''}.`);
    }
  }
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
