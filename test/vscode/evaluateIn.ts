import type { FrameLocator } from 'playwright-core';

/** The value of an expression in a page of the editor; the policy of its content does not hold for tests. */
export async function evaluateIn<T>(page: FrameLocator, expression: string): Promise<T> {
  return page.locator('body').evaluate<T, unknown>(expression, undefined);
}
