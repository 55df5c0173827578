// Draws media/icon.png from media/icon.svg: node scripts/icon.mjs (needs Chromium: `npm test` installs it).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const media = fileURLToPath(new URL('../media', import.meta.url));
const size = 256;
const executablePath = [
  process.env['INSIGHTS_COMPARISON_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find((candidate) => candidate && existsSync(candidate));
if (!executablePath) {
  console.error('There is no Chromium. Install it, or name it in INSIGHTS_COMPARISON_CHROMIUM.');
  process.exitCode = 2;
} else {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block }</style>${readFileSync(join(media, 'icon.svg'), 'utf8')}`,
  );
  await page.screenshot({ path: join(media, 'icon.png'), omitBackground: true });
  await browser.close();
}
