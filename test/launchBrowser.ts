import { chromium, type Browser } from 'playwright-core';

/** A Chromium that asks nothing of the network. `npm test` finds or installs one and names it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['INSIGHTS_COMPARISON_CHROMIUM'];
  if (!executablePath)
    throw new Error('INSIGHTS_COMPARISON_CHROMIUM is not set: run `npm test`, which finds a Chromium and sets it.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
