import { readFileSync } from 'node:fs';
import path from 'node:path';
import { htmlReport } from '../src/core/report/htmlReport';
import { syntheticSeries } from '../test/fixtures/syntheticSeries';
import { syntheticPlan, syntheticRecord } from '../test/fixtures/syntheticTrials';
import { startPanelBrowser } from '../test/panelPage/panelBrowser';
import type { BenchOptions, BenchResult } from './benchOptions';
import { figureLines, isWithin, type Figure } from './editor/figures';
import { measureHistory } from './page/measureHistory';
import { measureLiveWatch } from './page/measureLiveWatch';
import { measureOpening } from './page/measureOpening';

/** As many blocks as `heavy_load` has by default. */
const heavyBlocks = 15;

/**
 * What the pages and the list of runs cost by themselves, in a browser and in Node, without an editor: a full record opened, ten minutes of a run
 * watched, ten thousand past runs. About two minutes.
 */
export async function bench({ root, scratch, say }: BenchOptions): BenchResult {
  const record = syntheticRecord({ plan: syntheticPlan({ blocks: heavyBlocks }) });
  const series = syntheticSeries(record);
  const script = readFileSync(path.join(root, 'dist', 'webview', 'page.js'), 'utf8');
  const page: Figure = {
    name: 'exported page of a full heavy_load',
    value: Buffer.byteLength(htmlReport(record, series, { script })) / 1e6,
    unit: 'MB',
    limit: 1.5,
    note: `${record.trials.length + record.capacity.length} trials with all their seconds`,
  };
  const figures: Figure[] = [];
  const show = (found: readonly Figure[]): void => {
    figures.push(...found);
    for (const line of [...figureLines(found), '']) say(line);
  };
  show([page]);
  show(await measureHistory(scratch));
  const browser = await startPanelBrowser(root);
  try {
    show(await measureOpening(browser, { record, series, scratch }));
    show(await measureLiveWatch(browser));
  } finally {
    await browser.close();
  }
  return figures.every(isWithin);
}
