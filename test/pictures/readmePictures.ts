import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { closingTable } from '../../src/cli/terminal/closingTable';
import { htmlReport } from '../../src/core/report/htmlReport';
import type { RunEvent } from '../../src/shared/events';
import { emptyLiveRun } from '../../src/shared/liveRun';
import { loadRecord, recordFile } from '../../src/extension/record/loadRecord';
import { launchBrowser } from '../launchBrowser';
import { startPanelBrowser } from '../panelPage/panelBrowser';
import { animatedPng } from './animatedPng';
import { terminalPage } from './terminalPage';

export interface ReadmePictures {
  /** Of the checkout. */
  readonly root: string;
  /** Of a real run. */
  readonly runFolder: string;
  /** The events of the same run, as `--events` printed them; null: no animation. */
  readonly eventsFile: string | null;
  readonly folder: string;
  readonly say: (line: string) => void;
}

const frames = 18;
const secondsPerFrame = 0.8;

/** The result page in light and dark, the closing table, and the live panel as it moves, from one real run. */
export async function takeReadmePictures({ root, runFolder, eventsFile, folder, say }: ReadmePictures): Promise<void> {
  const { record, series } = await loadRecord(recordFile(path.join(runFolder, 'comparison.insights.json')));
  const script = await readFile(path.join(root, 'dist', 'webview', 'page.js'), 'utf8');
  const browser = await launchBrowser();
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 1100, height: 980 }, colorScheme });
    await page.setContent(htmlReport(record, series, { script }));
    await page.locator('canvas').first().waitFor();
    await page.evaluate('new Promise((done) => setTimeout(done, 300))');
    await page.screenshot({ path: path.join(folder, `report-${colorScheme}.png`) });
    await page.close();
  }
  const text = closingTable(record, {
    columns: 80,
    hasColour: true,
    hasUnicode: true,
    recordPath: `.insights-comparison/runs/${record.id}/comparison.insights.json`,
    reportPaths: [],
  });
  const terminal = await browser.newPage({ viewport: { width: 760, height: 300 } });
  await terminal.setContent(terminalPage('insights-comparison demo', text));
  await terminal.locator('main').screenshot({ path: path.join(folder, 'closing-table.png') });
  await browser.close();
  say(`report-light.png, report-dark.png, closing-table.png in ${folder}`);
  if (eventsFile !== null) {
    await animate(root, await readEvents(eventsFile), path.join(folder, 'panel-live.png'));
    say(`panel-live.png in ${folder}`);
  }
}

/** Frames at even steps of the run, the first when its first trial is under load. */
async function animate(root: string, events: readonly RunEvent[], file: string): Promise<void> {
  const browser = await startPanelBrowser(root);
  const panel = await browser.open({ width: 640, height: 520 });
  await panel.tell({ type: 'live', run: emptyLiveRun });
  const start = events.findIndex(({ type }) => type === 'sample');
  const end = events.findIndex(({ type }) => type === 'comparison-finished');
  const pictures: Buffer[] = [];
  let told = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const until = Math.round(start + ((end - start) * (frame + 1)) / frames);
    await panel.tell({ type: 'events', events: events.slice(told, until) });
    told = until;
    pictures.push(await panel.page.screenshot());
  }
  await browser.close();
  await writeFile(file, animatedPng(pictures, secondsPerFrame));
}

async function readEvents(file: string): Promise<readonly RunEvent[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('{'));

  return lines.map((line) => JSON.parse(line) as RunEvent);
}
