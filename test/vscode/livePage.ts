import { expect } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import { evaluateIn } from './evaluateIn';

const chartCount = 5;
/** Seconds come once a second; between two trials there is none for a while. */
const patience = { timeout: 30_000, interval: 200 };

/** Resolves when the page shows a trial that is on. */
export async function showsTrial(page: FrameLocator): Promise<void> {
  await page
    .getByRole('status')
    .filter({ hasText: /block 1 of 1/ })
    .waitFor();
}

/** Resolves when each chart has shown three different pictures: it moves, and not only because the page was laid out anew. */
export async function chartsMove(page: FrameLocator): Promise<void> {
  await page
    .locator('canvas')
    .nth(chartCount - 1)
    .waitFor();
  for (const _ of ['once', 'twice']) {
    const before = await pictures(page);
    expect(before).toHaveLength(chartCount);
    const hasMoved = async (): Promise<boolean[]> =>
      (await pictures(page)).map((picture, index) => picture !== before[index]);
    await expect.poll(hasMoved, patience).toEqual(before.map(() => true));
  }
}

/** True when no name that was written to be run as markup was. */
export async function isUnharmed(page: FrameLocator): Promise<boolean> {
  const harm = "window.hacked === true || document.querySelector('img') !== null";
  return !(await evaluateIn<boolean>(page, harm));
}

async function pictures(page: FrameLocator): Promise<string[]> {
  return evaluateIn(page, '[...document.querySelectorAll("canvas")].map((each) => each.toDataURL())');
}
