import type { VsCodeWindow } from './openWindow';

/** From now on every key that is pressed and every press of a pointer; the returned function tells them, in order. */
export async function countInteractions({ page }: VsCodeWindow): Promise<() => Promise<unknown>> {
  await page.evaluate(`globalThis.interactions = [];
    document.addEventListener('keydown', ({ key }) => interactions.push(key), true);
    document.addEventListener('pointerdown', ({ type }) => interactions.push(type), true);`);
  return async () => page.evaluate('interactions');
}
