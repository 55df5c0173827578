import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';
import { emptyLiveRun } from '../../src/shared/liveRun';
import type { RunEvent } from '../../src/shared/events';
import { syntheticPlan } from '../../test/fixtures/syntheticTrials';
import type { PanelBrowser } from '../../test/panelPage/panelBrowser';
import { syntheticFeed } from '../../test/panelPage/syntheticFeed';
import type { Figure } from '../editor/figures';

const watchedSeconds = 600;
/** Ten seconds of the run in one of ours: each is drawn by itself all the same. */
const stepMs = 100;
const warmSeconds = 60;

/** Ten minutes of a run, a second's events at a time: the page's main thread in shares of a core, and its memory after the first minute and at the end. */
export async function measureLiveWatch(browser: PanelBrowser): Promise<readonly Figure[]> {
  const seconds = bySecond(syntheticFeed({ plan: syntheticPlan({ blocks: 15 }) })).slice(0, watchedSeconds);
  const panel = await browser.open();
  const session = await panel.page.context().newCDPSession(panel.page);
  await session.send('Performance.enable');
  await panel.tell({ type: 'live', run: emptyLiveRun });
  const feed = async (some: readonly (readonly RunEvent[])[]): Promise<void> => {
    for (const events of some) {
      await panel.tell({ type: 'events', events });
      await wait(stepMs);
    }
  };
  await feed(seconds.slice(0, warmSeconds));
  const early = await readPage(session);
  await feed(seconds.slice(warmSeconds));
  const late = await readPage(session);
  await panel.page.close();
  const share = (late.taskSeconds - early.taskSeconds) / (seconds.length - warmSeconds);
  return [
    {
      name: 'live panel, per second of a run',
      value: share * 100,
      unit: '% of a core',
      limit: 3,
      note: `main thread of the page, ${seconds.length - warmSeconds} seconds of events, each drawn`,
    },
    {
      name: 'live panel, memory after ten minutes',
      value: late.heapMb - early.heapMb,
      unit: 'MB',
      limit: 5,
      note: `JavaScript heap after a collection: ${early.heapMb.toFixed(1)} MB after one minute, ${late.heapMb.toFixed(1)} MB at the end`,
    },
  ];
}

/** The events between one sample and the next: what a second brings. */
function bySecond(feed: readonly RunEvent[]): readonly (readonly RunEvent[])[] {
  const seconds: RunEvent[][] = [[]];
  for (const event of feed) {
    seconds.at(-1)?.push(event);
    if (event.type === 'sample') seconds.push([]);
  }
  return seconds;
}

async function readPage(session: CDPSession): Promise<{ readonly taskSeconds: number; readonly heapMb: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { taskSeconds: valueOf('TaskDuration'), heapMb: valueOf('JSHeapUsedSize') / 1e6 };
}
