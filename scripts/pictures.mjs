// Makes the README's pictures from a real run: node scripts/pictures.mjs RUN_FOLDER (needs Chromium: `npm test` installs it).
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [runFolder] = process.argv.slice(2);
const executablePath = [
  process.env['INSIGHTS_COMPARISON_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find((candidate) => candidate && existsSync(candidate));
const page = runFolder && path.resolve(runFolder, 'report.html');
if (!page || !existsSync(page) || !executablePath) {
  console.error(
    'Usage: node scripts/pictures.mjs RUN_FOLDER, a folder that holds report.html; Chromium must be installed.',
  );
  process.exitCode = 2;
} else {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const tab = await browser.newPage({ viewport: { width: 1100, height: 900 }, colorScheme });
    await tab.goto(pathToFileURL(page).href);
    await tab.locator('canvas').first().waitFor();
    await tab.screenshot({ path: path.resolve('docs', 'images', `report-${colorScheme}.png`) });
  }
  await browser.close();
}
