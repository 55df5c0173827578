import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../src/shared/events';
import { advanceLiveRun, emptyLiveRun, type LiveRun } from '../src/shared/liveRun';
import { metrics } from '../src/shared/metrics';
import type { SoughtEndpoint } from '../src/shared/panelProtocol';
import type { ComparisonRecord } from '../src/shared/record';
import { syntheticHistory } from './fixtures/syntheticHistory';
import { syntheticSeries } from './fixtures/syntheticSeries';
import { syntheticPlan, syntheticRecord } from './fixtures/syntheticTrials';
import { hostMessage, type PanelBrowser, type PanelPage, startPanelBrowser } from './panelPage/panelBrowser';
import { recordMessage } from './panelPage/recordMessages';
import { comparisonFeed, feedUntil, isSample, syntheticFeed } from './panelPage/syntheticFeed';

const feed = syntheticFeed();
/** The page counts by itself each second; a busy machine may take a few more. */
const patience = { timeout: 20_000 };
const hostileName = '<img src=x onerror="window.hacked=true">';

let browser: PanelBrowser;
/** Made once: its effects are dear to compute. */
let record: ComparisonRecord;

function runAfter(events: readonly RunEvent[], run: LiveRun = emptyLiveRun): LiveRun {
  return events.reduce(advanceLiveRun, run);
}

function at(...bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body) => ({ ...body, atMs: 1 }));
}

/** A page that shows the run as it was before a second of a trial. */
async function openedAt(position: number, second: number): Promise<PanelPage & { readonly run: LiveRun }> {
  const run = runAfter(feedUntil(feed, isSample(position, second)));
  const panel = await browser.open();
  await panel.tell(hostMessage({ type: 'live', run }));
  return { ...panel, run };
}

async function pictures(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate<string[]>('[...document.querySelectorAll("canvas")].map((each) => each.toDataURL())');
}

/** Once two looks in a row see the same: charts fit themselves to their place some frames after it has changed. */
async function settledPictures(panel: PanelPage): Promise<string[]> {
  let last = await pictures(panel);
  for (;;) {
    await panel.page.evaluate(
      'new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 100))',
    );
    const now = await pictures(panel);
    if (now.every((picture, index) => picture === last[index])) return now;
    last = now;
  }
}

/** The same second, ten times busier: no axis holds it as it is. */
function tenfold(event: RunEvent): RunEvent {
  if (event.type !== 'sample') return event;
  const { requests, latencyP99Ms, cpuCores, rssBytes, threads } = event.sample;
  const more = { requests: requests * 10, latencyP99Ms: (latencyP99Ms ?? 0) * 10, cpuCores: (cpuCores ?? 0) * 10 };
  return {
    ...event,
    sample: { ...event.sample, ...more, rssBytes: (rssBytes ?? 0) * 10, threads: (threads ?? 0) * 10 },
  };
}

/** All that can be read or heard. */
async function wordsOf(panel: PanelPage): Promise<string> {
  return panel.page
    .evaluate<string>(`[document.body.innerText, ...[...document.querySelectorAll('[title],[aria-label],[label]')]
    .flatMap((each) => ['title', 'aria-label', 'label'].map((name) => each.getAttribute(name) ?? ''))].join(' ')`);
}

async function press(panel: PanelPage, name: string): Promise<void> {
  await panel.page.getByRole('button', { name, exact: true }).click();
}

async function setHidden(panel: PanelPage, isHidden: boolean): Promise<void> {
  await panel.page.evaluate(
    `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} }); document.dispatchEvent(new Event('visibilitychange'))`,
  );
}

function messageOf(
  change: Partial<ComparisonRecord> = {},
  { whyNot = null, sought = null }: { readonly whyNot?: string | null; readonly sought?: SoughtEndpoint | null } = {},
): unknown {
  const shown = { ...record, ...change };
  return recordMessage({
    sought,
    record: shown,
    series: syntheticSeries(shown),
    recordPath: '/runs/x/comparison.insights.json',
    actions: { canRunAgain: whyNot === null, whyNot },
  });
}

beforeAll(async () => {
  record = syntheticRecord();
  browser = await startPanelBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe('the panel while a run is on', () => {
  test('asks for what to show, and shows target, trial, phase, time left, estimates, blocks and figures', async () => {
    const panel = await openedAt(14, 16);
    const { page } = panel;
    expect(await panel.asked()).toEqual([{ type: 'ready' }]);
    expect(await page.locator('h1').innerText()).toBe('flask · light_load');
    expect((await page.getByRole('status').innerText()).trim()).toBe('block 4 of 6 · with_insights · Measuring');
    expect(await page.locator('.run-left').innerText()).toMatch(/^\d:\d\d left$/);
    expect(await page.locator('.run-doing').innerText()).toContain('of 20 s');
    expect(await page.locator('.lead-estimate').innerText()).toBe(
      'CPU per request: so far +0.31 ms (band +0.18 to +0.44), 3 of 6 blocks. The verdict comes at the end.',
    );
    expect(await page.locator('.trial.is-verified').count()).toBe(14);
    expect(await page.locator('.trial.is-on').getAttribute('aria-label')).toBe('with_insights, scenario: on');
    expect(await page.locator('.figures.is-on h2').innerText()).toContain('with_insights');
    expect(await page.locator('.figures').count()).toBe(2);
    expect(panel.complaints).toEqual([]);
    expect(panel.requests).toEqual([]);
    await page.close();
  });

  test('shows a disturbed block and its repetition as two, in words', async () => {
    const firstBlock = feedUntil(feed, (event) => event.type === 'trial-started' && event.trial.block === 1);
    const disturbed = firstBlock.map((event) =>
      event.type === 'trial-finished' && event.trial.position === 2 ? { ...event, disturbed: true } : event,
    );
    const begun = firstBlock.find((event) => event.type === 'trial-started');
    if (begun?.type !== 'trial-started') throw new Error('The feed starts no trial.');
    const again = { ...begun, trial: { ...begun.trial, attempt: 1, position: 4, of: 28 } };
    const panel = await browser.open();
    await panel.tell({ type: 'live', run: runAfter([...disturbed, again]) });
    const blocks = await panel.page.locator('.block-strip li').allInnerTexts();
    expect(blocks.map((text) => text.replace(/\s+/g, ' ').trim()).slice(0, 3)).toEqual([
      expect.stringMatching(/^Block 1 disturbed [AB ]+$/),
      expect.stringMatching(/^Block 1 again [AB ]+$/),
      expect.stringMatching(/^Block 2 [AB ]+$/),
    ]);
    expect(blocks).toHaveLength(7);
    expect(await panel.page.getByRole('status').innerText()).toContain('block 1 of 6 again');
    await panel.page.close();
  });

  test('moves every chart with each second, and none with what is no sample', async () => {
    const panel = await openedAt(14, 16);
    const before = await pictures(panel);
    expect(before).toHaveLength(5);
    const isNext = isSample(14, 16);
    await panel.tell({ type: 'events', events: at({ type: 'log', source: 'flask', line: 'a line' }) });
    expect(await pictures(panel)).toEqual(before);
    await panel.tell({ type: 'events', events: feed.filter(isNext) });
    const after = await pictures(panel);
    expect(after.map((picture, index) => picture !== before[index])).toEqual([true, true, true, true, true]);
    await panel.page.close();
  });

  test('draws capacity trials alone while one is on, and says so', async () => {
    const panel = await openedAt(15, 6);
    expect(await panel.page.locator('#charts-title').innerText()).toContain('Capacity');
    for (const caption of await panel.page.locator('figcaption').allInnerTexts()) expect(caption).toContain('capacity');
    expect(await panel.page.locator('.latest').first().innerText()).toMatch(/[67]\d\d req\/s/);
    await panel.page.close();
  });

  test('counts the time left down between the events', async () => {
    const panel = await openedAt(14, 16);
    const first = await panel.page.locator('.run-left').innerText();
    await expect.poll(async () => panel.page.locator('.run-left').innerText(), patience).not.toBe(first);
    await panel.page.close();
  });

  test('says no word of a verdict before the plan has ended', async () => {
    const words = [...new Set(metrics.flatMap(({ words: { up, down } }) => [up, down]))];
    const verdicts = new RegExp(
      `\\b(${[...words, 'within ±', 'no difference', 'equivalent', 'inconclusive', 'increase', 'decrease'].join('|')})\\b`,
      'i',
    );
    const panel = await browser.open();
    const lastEnd = feed.findIndex(({ type }) => type === 'comparison-finished');
    await panel.tell({ type: 'live', run: emptyLiveRun });
    for (let from = 0; from < lastEnd; from += 300) {
      await panel.tell({ type: 'events', events: feed.slice(from, Math.min(lastEnd, from + 300)) });
      expect(await wordsOf(panel)).not.toMatch(verdicts);
    }
    expect(await panel.page.locator('.lead-estimate').innerText()).toContain('6 of 6 blocks');
    await panel.page.close();
  });

  test('lists the checks while they run, and afterwards those with something to say', async () => {
    const panel = await browser.open();
    await panel.tell({ type: 'live', run: runAfter(feed.slice(0, 5)) });
    expect(await panel.page.locator('.checks li').allInnerTexts()).toEqual([
      expect.stringContaining('without_insights: every endpoint answers'),
      expect.stringContaining('Trying with_insights'),
    ]);
    expect(await panel.page.locator('.run-left').innerText()).toMatch(/^about .* after the checks$/);
    const check = { type: 'preflight', check: 'with_insights' } as const;
    const failed = runAfter(
      at({ ...check, state: 'failed', message: 'with_insights: GET / failed' }),
      runAfter(feed.slice(0, 40)),
    );
    await panel.tell({ type: 'live', run: failed });
    expect(await panel.page.locator('.checks li').allInnerTexts()).toEqual([expect.stringContaining('GET / failed')]);
    await panel.page.close();
  });

  test('shows a warning as cause and action', async () => {
    const panel = await openedAt(14, 16);
    const warning = { code: 'no_reset', message: 'No "reset" is set', advice: 'Add "reset" to the target.' };
    await panel.tell({ type: 'events', events: at({ type: 'warning', warning }) });
    expect(await panel.page.locator('.warning-list li').innerText()).toMatch(/No "reset" is set\s+Add "reset"/);
    await panel.page.close();
  });

  test('stops at a press, tells how long the app may take to exit, and can be told not to wait', async () => {
    const panel = await openedAt(14, 16);
    const trial = panel.run.trial;
    if (trial === null) throw new Error('No trial is on.');
    await press(panel, 'Stop');
    const stopping = panel.page.getByRole('button', { name: 'Stopping …' });
    expect(await stopping.getAttribute('aria-disabled')).toBe('true');
    await stopping.click({ force: true });
    await panel.tell({
      type: 'events',
      events: at(
        { type: 'stopping', reason: 'stopped by the user' },
        { type: 'phase', trial, phase: 'stopping', seconds: null },
        { type: 'exit-wait', process: 'flask', elapsedSeconds: 10, limitSeconds: 130 },
      ),
    });
    expect(await panel.page.locator('.exit-wait').innerText()).toMatch(/Waiting for flask to exit.* 2:00 at most/);
    await panel.tell({
      type: 'events',
      events: at({ type: 'exit-wait', process: 'flask', elapsedSeconds: 11, limitSeconds: 130 }),
    });
    expect(await panel.page.locator('.exit-wait').innerText()).toContain('1:59 at most');
    await press(panel, 'Stop now');
    expect(await panel.asked()).toEqual([{ type: 'ready' }, { type: 'stop' }, { type: 'force' }]);
    await panel.page.close();
  });

  test('reads the log only when it is opened, newest lines and by keyboard', async () => {
    const panel = await openedAt(14, 16);
    expect(await panel.page.locator('.log-lines').count()).toBe(0);
    await panel.page.locator('.log summary').focus();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.log-lines').waitFor();
    await panel.tell({ type: 'events', events: at({ type: 'log', source: 'flask', line: 'the newest line' }) });
    expect(await panel.page.locator('.log-lines').innerText()).toMatch(/the newest line\s*$/);
    await panel.page.close();
  });

  test('gives hostile names no effect', async () => {
    const plan = syntheticPlan({ target: hostileName });
    const order = plan.order.map((block) =>
      block.map(({ variant, kind }) => ({ variant: variant === 'with_insights' ? hostileName : variant, kind })),
    );
    const hostile = comparisonFeed({ ...plan, order }, ['without_insights', hostileName], { atMs: 0 });
    const warning = { code: 'x', message: hostileName, advice: hostileName };
    const panel = await browser.open();
    const run = runAfter([
      ...feedUntil(hostile, isSample(14, 16)),
      ...at(
        { type: 'warning', warning },
        { type: 'log', source: hostileName, line: hostileName },
        { type: 'stopping', reason: hostileName },
        { type: 'exit-wait', process: hostileName, elapsedSeconds: 1, limitSeconds: 9 },
        { type: 'preflight', check: hostileName, state: 'failed', message: hostileName },
      ),
    ]);
    await panel.tell({ type: 'live', run });
    await panel.page.locator('.log summary').click();
    await panel.page.locator('.log-lines').waitFor();
    expect((await wordsOf(panel)).split(hostileName).length).toBeGreaterThan(10);
    expect(await panel.page.evaluate('window.hacked')).toBeUndefined();
    expect(await panel.page.locator('img').count()).toBe(0);
    expect(panel.complaints).toEqual([]);
    expect(panel.requests).toEqual([]);
    await panel.page.close();
  });

  test('passes over messages that are none of the host', async () => {
    const panel = await openedAt(14, 16);
    const before = await panel.page.locator('main').innerText();
    for (const message of [null, 'live', 7, [], {}, { type: 'evil' }, { type: 'toString' }, { type: { live: true } }])
      await panel.tell(message);
    expect(await panel.page.locator('main').innerText()).toBe(before);
    expect(panel.complaints).toEqual([]);
    await panel.page.close();
  });
});

describe('a panel that was away', () => {
  test('shows by a snapshot what one that saw every event shows', async () => {
    const events = [...feedUntil(feed, isSample(14, 16)), ...feed.filter(isSample(14, 16)).map(tenfold)];
    const [first, second] = [await browser.open(), await browser.open()];
    await first.tell({ type: 'live', run: emptyLiveRun });
    const last = events.length - 20;
    for (let from = 0; from < last; from += 250)
      await first.tell({ type: 'events', events: events.slice(from, Math.min(last, from + 250)) });
    for (const event of events.slice(last)) await first.tell({ type: 'events', events: [event] });
    await second.tell({ type: 'live', run: runAfter(events) });
    const main = async ({ page }: PanelPage): Promise<string> => page.locator('main').innerText();
    expect(await main(second)).toBe(await main(first));
    expect(await pictures(second)).toEqual(await pictures(first));
    await Promise.all([first.page.close(), second.page.close()]);
  });

  test('makes no half run of events without a snapshot', async () => {
    const panel = await browser.open();
    await panel.tell({ type: 'events', events: feed.slice(0, 100) });
    expect(await panel.page.locator('main').count()).toBe(0);
    expect(await panel.page.locator('body').innerText()).toContain('Waiting for the run');
    expect(panel.complaints).toEqual([]);
    await panel.page.close();
  });

  test('draws nothing while it is hidden, and all of it when it is shown again', async () => {
    const panel = await openedAt(14, 16);
    const before = await pictures(panel);
    await setHidden(panel, true);
    await panel.tell({ type: 'events', events: feed.filter(isSample(14, 16)) });
    expect(await pictures(panel)).toEqual(before);
    await setHidden(panel, false);
    await expect
      .poll(async () => (await pictures(panel)).some((picture, index) => picture === before[index]), patience)
      .toBe(false);
    await panel.page.close();
  });
});

describe('frozen charts', () => {
  test('stand still while the figures go on, and catch up', async () => {
    const panel = await openedAt(14, 16);
    const freeze = panel.page.getByRole('button', { name: 'Freeze charts' });
    await freeze.click();
    // Drawn with the next frame.
    await expect.poll(async () => freeze.getAttribute('aria-pressed'), patience).toBe('true');
    const before = await settledPictures(panel);
    const figures = await panel.page.locator('.figures').allInnerTexts();
    await panel.tell({ type: 'events', events: feed.filter(isSample(14, 16)).map(tenfold) });
    expect(await pictures(panel)).toEqual(before);
    expect(await panel.page.locator('.figures').allInnerTexts()).not.toEqual(figures);
    // The command of the palette does the same as the button.
    await panel.tell(hostMessage({ type: 'freeze' }));
    await expect.poll(async () => freeze.getAttribute('aria-pressed'), patience).toBe('false');
    await expect
      .poll(async () => (await pictures(panel)).some((picture, index) => picture === before[index]), patience)
      .toBe(false);
    await panel.page.close();
  });
});

describe('the panel after a run', () => {
  test('tells why a run failed, what to do, and the last lines of the log', async () => {
    const panel = await browser.open();
    const error = { message: 'flask did not start', hint: 'Install what it needs.' };
    const failed = at(
      { type: 'log', source: 'flask', line: "No module named 'flask'" },
      { type: 'run-finished', exitCode: 3, error },
    );
    await panel.tell({ type: 'live', run: runAfter(feed.slice(0, 4)) });
    await panel.tell({ type: 'events', events: failed });
    expect(await panel.page.getByRole('alert').innerText()).toMatch(/flask did not start\s+Install what it needs\./);
    expect(await panel.page.locator('.log-lines').innerText()).toContain("No module named 'flask'");
    expect(await panel.page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
    await press(panel, 'Run again');
    await press(panel, 'Show log');
    expect((await panel.asked()).slice(1)).toEqual([{ type: 'runAgain' }, { type: 'showLog' }]);
    await panel.page.close();
  });

  test('lists finished targets with their sentences, and opens the one that is asked for', async () => {
    const clock = { atMs: 0 };
    const variants = ['without_insights', 'with_insights'];
    const django = comparisonFeed(syntheticPlan({ target: 'django', blocks: 3 }), variants, clock);
    const events = [
      ...at({ type: 'run-started', targets: ['flask', 'django'], estimatedSeconds: 900 }),
      ...comparisonFeed(syntheticPlan({ blocks: 3 }), variants, clock),
      ...feedUntil(django, isSample(3, 5)),
    ];
    const panel = await browser.open();
    await panel.tell({ type: 'live', run: runAfter(events) });
    expect(await panel.page.locator('#results-title').innerText()).toBe('Finished: 1 of 2 targets');
    expect(await panel.page.locator('.results li').innerText()).toContain('Insights costs +0.31 ms CPU per request');
    expect(await panel.page.locator('h1').innerText()).toContain('django');
    await press(panel, 'Open result');
    expect((await panel.asked()).at(-1)).toEqual({ type: 'openResult', index: 0 });
    await panel.page.close();
  });

  test('shows a record with what can be done with it, and keeps its path for a reload', async () => {
    const panel = await openedAt(14, 16);
    expect(await panel.kept()).toEqual({ recordPath: null });
    await panel.tell(messageOf());
    expect((await panel.page.locator('.verdict .sentence').innerText()).replaceAll('\u00a0', ' ')).toBe(
      `${record.sentence}.`,
    );
    expect(await panel.page.locator('.run-bar').count()).toBe(0);
    expect(await panel.kept()).toEqual({ recordPath: '/runs/x/comparison.insights.json' });
    for (const name of ['Run again', 'Export report', 'Copy Markdown', 'Copy command line']) await press(panel, name);
    expect((await panel.asked()).slice(1).map(({ type }) => type)).toEqual([
      'runAgain',
      'exportReport',
      'copyMarkdown',
      'copyCli',
    ]);
    expect(panel.complaints).toEqual([]);
    expect(panel.requests).toEqual([]);
    await panel.page.close();
  });

  test('says why a record cannot be run again, and leaves the reader where he is when that changes', async () => {
    const panel = await browser.open();
    await panel.tell(messageOf());
    await panel.page.getByRole('tab', { name: 'Distribution' }).click();
    await panel.page.locator('#distribution select').selectOption({ label: 'GET /api/data/' });
    await panel.tell(messageOf({}, { whyNot: 'Another run is on.' }));
    const button = panel.page.getByRole('button', { name: 'Run again' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('title')).toBe('Another run is on.');
    expect(await panel.page.locator('.why-not').innerText()).toBe('Another run is on.');
    await button.click({ force: true });
    expect(await panel.asked()).toEqual([{ type: 'ready' }]);
    expect(await panel.page.locator('#distribution figcaption').innerText()).toContain('GET /api/data/');
    await panel.page.close();
  });

  test('answers what changed since the pinned run, and how the effects went, once the host has told', async () => {
    const panel = await browser.open();
    await panel.tell(messageOf());
    expect((await panel.asked()).map(({ type }) => type)).toEqual(['ready']);
    await panel.page.getByRole('tab', { name: 'History' }).click();
    expect(await panel.page.locator('#since').innerText()).toContain('Reading the past runs');
    expect((await panel.asked()).at(-1)).toEqual({ type: 'readHistory' });
    const history = syntheticHistory(record);
    await panel.tell(hostMessage({ type: 'history', recordPath: '/runs/of/another', history }));
    expect(await panel.page.locator('#since').innerText()).toContain('Reading the past runs');
    await panel.tell(hostMessage({ type: 'history', recordPath: '/runs/x/comparison.insights.json', history }));
    const since = await panel.page.locator('#since').innerText();
    expect(since).toMatch(
      /Since the pinned run: Before the upgrade[^]*CPU per request[^]*cannot be told apart[^]*honeybadger\s+1\.2\.4/,
    );
    expect(await panel.page.locator('#trend .trend-chart').count()).toBe(record.headline.length);
    expect(await panel.page.locator('#trend .trend-chart').first().locator('g.run').count()).toBe(8);
    expect(await panel.page.locator('#trend .trend-chart').first().locator('.ring, .band').count()).toBe(2);
    await panel.page.getByRole('tab', { name: 'Effects' }).click();
    await panel.page.getByRole('tab', { name: 'History' }).click();
    expect((await panel.asked()).filter(({ type }) => type === 'readHistory')).toHaveLength(1);
    expect(panel.complaints).toEqual([]);
    await panel.page.close();
  });

  test('says what a history lacks', async () => {
    const panel = await browser.open();
    await panel.tell(messageOf());
    await panel.page.getByRole('tab', { name: 'History' }).click();
    const history = { runs: [], comparedWith: null };
    await panel.tell(hostMessage({ type: 'history', recordPath: '/runs/x/comparison.insights.json', history }));
    const words = await panel.page.locator('#panel-history').innerText();
    expect(words).toContain('There is no earlier run of this target and scenario.');
    expect(words).toContain('A trend needs two complete runs');
    await panel.page.close();
  });

  test('reads the log of the trial that is chosen, each once', async () => {
    const panel = await browser.open();
    await panel.tell(messageOf());
    await panel.page.getByRole('tab', { name: 'Log' }).click();
    const recordPath = '/runs/x/comparison.insights.json';
    const tellLog = async (position: number, text: string | null): Promise<void> =>
      panel.tell(hostMessage({ type: 'log', recordPath, log: { position, text, leftOutBytes: 0 } }));
    await tellLog(0, `Booting ${hostileName}`);
    expect(await panel.page.locator('#log pre').innerText()).toBe(`Booting ${hostileName}`);
    await panel.page.locator('#log select').selectOption('3');
    expect(await panel.page.locator('#log').innerText()).toContain('Reading');
    await tellLog(3, null);
    expect(await panel.page.locator('#log').innerText()).toContain('is not beside the record');
    await panel.page.locator('#log select').selectOption('0');
    expect(await panel.page.locator('#log pre').innerText()).toContain('Booting');
    expect((await panel.asked()).slice(1)).toEqual([
      { type: 'readLog', position: 0 },
      { type: 'readLog', position: 3 },
    ]);
    expect(await panel.page.evaluate('window.hacked')).toBeUndefined();
    await panel.page.close();
  });

  test('keeps the open tab for the time when it is shown again', async () => {
    const panel = await browser.open();
    await panel.tell(messageOf());
    await panel.page.getByRole('tab', { name: 'Resources' }).click();
    const kept = await panel.kept();
    expect(kept).toEqual({ recordPath: '/runs/x/comparison.insights.json', tab: 'resources' });
    const again = await browser.open();
    await again.page.evaluate(`window.kept = ${JSON.stringify(kept)}`);
    await again.tell(messageOf());
    expect(await again.page.getByRole('tab', { selected: true }).innerText()).toBe('Resources');
    await Promise.all([panel.page.close(), again.page.close()]);
  });

  test('asks the host for the code of an endpoint whose place is known, and only then', async () => {
    const panel = await browser.open();
    const sources = [{ endpoint: 'GET /', file: 'views.py', line: 3, name: 'home' }];
    await panel.tell(messageOf({ sources }));
    await panel.page.getByRole('tab', { name: 'Endpoints' }).click();
    const links = panel.page.locator('#endpoints button.link');
    expect(await links.allInnerTexts()).toEqual(['GET /']);
    await links.click();
    expect((await panel.asked()).at(-1)).toEqual({ type: 'openCode', endpoint: 'GET /' });
    await panel.page.close();
  });

  test('leads to an endpoint though its tab is the one that was kept', async () => {
    const panel = await browser.open();
    const kept = { recordPath: '/runs/x/comparison.insights.json', tab: 'endpoints' };
    await panel.page.evaluate(`window.kept = ${JSON.stringify(kept)}`);
    await panel.tell(messageOf({}, { sought: { endpoint: 'GET /api/data/', id: 1 } }));
    expect(await panel.page.locator('tr.sought th').innerText()).toBe('GET /api/data/');
    await panel.page.close();
  });

  test('leads to the endpoint that was asked for, once', async () => {
    const panel = await browser.open();
    // At once: a way that is gone smoothly goes on for a while.
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    const marked = panel.page.locator('tr.sought th');
    await panel.tell(messageOf({}, { sought: { endpoint: 'GET /api/data/', id: 1 } }));
    expect(await marked.innerText()).toBe('GET /api/data/');
    await expect.poll(async () => panel.page.evaluate<number>('scrollY'), patience).toBeGreaterThan(0);
    await panel.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
    await expect.poll(async () => panel.page.evaluate<number>('scrollY'), patience).toBe(0);
    await setHidden(panel, true);
    await setHidden(panel, false);
    await panel.tell(messageOf({}, { sought: { endpoint: 'GET /api/data/', id: 1 } }));
    expect(await panel.page.evaluate('scrollY')).toBe(0);
    await panel.tell(messageOf({}, { sought: { endpoint: 'GET /', id: 2 } }));
    expect(await marked.allInnerTexts()).toEqual(['GET /']);
    await panel.page.close();
  });

  test('says of a partial record what was kept, and offers to run it again', async () => {
    const panel = await browser.open();
    await panel.tell(
      messageOf({
        status: 'partial',
        outcomeReason: 'stopped by the user',
        sentence: 'Partial: stopped by the user',
        trials: record.trials.slice(0, 5),
        capacity: record.capacity.slice(0, 5),
      }),
    );
    expect(await panel.page.locator('.record-actions .notice').innerText()).toContain(
      'Kept: 10 of 24 trials, 2 of 6 blocks whole.',
    );
    expect(await panel.page.locator('.notice .button.is-primary').innerText()).toBe('Run again');
    await panel.page.close();
  });

  test('goes back to live when the next run begins', async () => {
    const panel = await browser.open();
    await panel.tell(messageOf());
    await panel.tell({ type: 'live', run: runAfter(feed.slice(0, 5)) });
    expect(await panel.page.locator('.verdict').count()).toBe(0);
    await panel.tell(messageOf());
    expect(await panel.page.locator('.verdict').count()).toBe(1);
    expect(panel.complaints).toEqual([]);
    await panel.page.close();
  });

  test('says what is wrong when nothing can be shown', async () => {
    const panel = await browser.open();
    await panel.tell(
      hostMessage({ type: 'problem', message: 'The record cannot be read', hint: 'Open a newer version.' }),
    );
    expect(await panel.page.getByRole('alert').innerText()).toMatch(
      /The record cannot be read\s+Open a newer version\./,
    );
    await panel.page.close();
  });
});
