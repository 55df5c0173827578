import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { loadRecord, recordFile } from '../../src/extension/record/loadRecord';
import type { ComparisonRecord } from '../../src/shared/record';
import type { TrialSeries } from '../../src/shared/series';
import type { PanelBrowser } from '../../test/panelPage/panelBrowser';
import { recordMessage } from '../../test/panelPage/recordMessages';
import { median, type Figure } from '../editor/figures';

const repetitions = 5;

/** From the files on the disk to a page that has been drawn: what the host reads and packs, and what the page makes of it. */
export async function measureOpening(
  browser: PanelBrowser,
  {
    record,
    series,
    scratch,
  }: { readonly record: ComparisonRecord; readonly series: readonly TrialSeries[]; readonly scratch: string },
): Promise<readonly Figure[]> {
  const recordPath = await writeRun(path.join(scratch, 'run'), record, series);
  const hostTimes: number[] = [];
  const headTimes: number[] = [];
  const pageTimes: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const start = performance.now();
    const loaded = await loadRecord(recordFile(recordPath));
    const message = recordMessage({ ...loaded, recordPath });
    hostTimes.push(performance.now() - start);
    const panel = await browser.open();
    const [headMs, wholeMs] = await drawnAfterMs(panel.page.evaluate.bind(panel.page), message);
    headTimes.push(headMs);
    pageTimes.push(wholeMs);
    await panel.page.close();
  }
  const opened = hostTimes.map((time, index) => time + (headTimes[index] ?? Number.NaN));
  const whole = hostTimes.map((time, index) => time + (pageTimes[index] ?? Number.NaN));
  const figure = (name: string, times: readonly number[], limit: number | null): Figure => ({
    name,
    value: median(times),
    unit: 'ms',
    limit,
    note: `median of ${times.map((time) => time.toFixed(0)).join(', ')}; the first is cold`,
  });
  return [
    figure('opening a full heavy_load, until its verdict and tabs are there', opened, 500),
    figure('and until every chart of the first tab is painted', whole, null),
    figure('of it in the host: read, check, pack', hostTimes, null),
    figure('of it in the page, until the verdict was there', headTimes, null),
    figure('of it in the page, until every chart was painted', pageTimes, null),
  ];
}

/** Milliseconds from the message to the verdict, and to the last chart. */
async function drawnAfterMs(
  evaluate: (script: string) => Promise<unknown>,
  message: unknown,
): Promise<readonly [headMs: number, wholeMs: number]> {
  const text = JSON.stringify(JSON.stringify(message));
  const [headMs, wholeMs] = z.tuple([z.number(), z.number()]).parse(
    await evaluate(`new Promise((done) => {
      const message = JSON.parse(${text});
      const start = performance.now();
      window.postMessage(message, '*');
      // The frame after the one in which it was drawn has been painted.
      let headMs = null;
      const look = () => {
        if (headMs === null && document.querySelector('[role=tab]') !== null) headMs = performance.now() - start;
        if (document.querySelector('#time canvas') === null) requestAnimationFrame(look);
        else requestAnimationFrame(() => done([headMs, performance.now() - start]));
      };
      requestAnimationFrame(look);
    })`),
  );
  return [headMs, wholeMs];
}

async function writeRun(folder: string, record: ComparisonRecord, series: readonly TrialSeries[]): Promise<string> {
  await mkdir(path.join(folder, 'trials'), { recursive: true });
  const files = new Map([...record.trials, ...record.capacity].map((trial) => [trial.position, trial.series]));
  for (const { position, seconds } of series) {
    const lines = seconds.map((second) => JSON.stringify({ type: 'second', atMs: 0, ...second }));
    await writeFile(path.join(folder, files.get(position) ?? ''), `${lines.join('\n')}\n`);
  }
  const recordPath = path.join(folder, 'comparison.insights.json');
  await writeFile(recordPath, JSON.stringify(record, null, 1));
  return recordPath;
}
