import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRecord } from '../src/core/history/readRecord';
import { htmlReport } from '../src/core/report/htmlReport';
import type { ComparisonRecord } from '../src/shared/record';
import { ladderRecord, ladderVariants } from './fixtures/ladderRecord';
import { withNoise } from './fixtures/noiseRun';
import { syntheticSeries } from './fixtures/syntheticSeries';
import { syntheticRecord } from './fixtures/syntheticTrials';
import { launchBrowser } from './launchBrowser';

const hostileName = '<img src=x onerror="window.hacked=true"> | "quoted" & \u2028 </script>';
/** Throughput, latency twice, CPU, memory, threads. */
const timeCharts = 6;

let folder = '';
let browser: Browser;
let script = '';
/** Made once: its effects are dear to compute. */
let record: ComparisonRecord;

/** What a page did besides being shown: must stay empty. */
interface Watched {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

function withHostileEndpoint(record: ComparisonRecord): ComparisonRecord {
  const rename = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name === 'GET /' ? hostileName : name, value]));
  return {
    ...record,
    trials: record.trials.map((trial) => ({
      ...trial,
      latency: rename(trial.latency),
      endpoints: rename(trial.endpoints),
    })),
    warnings: [{ code: 'x', message: hostileName, advice: hostileName }],
  };
}

async function opened(
  name: string,
  record: ComparisonRecord,
  context: { readonly width?: number; readonly colorScheme?: 'light' | 'dark' } = {},
): Promise<Watched> {
  const file = path.join(folder, `${name}.html`);
  await writeFile(file, htmlReport(record, syntheticSeries(record), { script }));
  const { width = 1200, colorScheme = 'light' } = context;
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('[role=tab]');
  return { page, complaints, requests };
}

/** Opens a tab as a reader does. */
async function openTab(page: Page, title: string): Promise<void> {
  await page.getByRole('tab', { name: title, exact: true }).click();
}

/** Opens one tab after the other: each makes its parts when it is first shown. */
async function openEveryTab(page: Page): Promise<string[]> {
  const titles = await page.getByRole('tab').allInnerTexts();
  for (const title of titles) await openTab(page, title);
  return titles;
}

/** How many distinct colours each canvas shows: a blank one has a single one. */
async function canvasColours(page: Page): Promise<number[]> {
  // Charts fit themselves to their place in an observer's callback, after two frames at the latest.
  await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`);
  return page.evaluate<number[]>(`[...document.querySelectorAll('canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })`);
}

async function rowsOf(page: Page, label: string): Promise<number> {
  return page.locator(`[role=region][aria-label="${label}"] tbody tr:not(.group)`).count();
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

describe('the report page in a browser', () => {
  beforeAll(async () => {
    record = syntheticRecord();
    folder = await mkdtemp(path.join(tmpdir(), 'report-page-'));
    const built = await build({
      entryPoints: [path.resolve(__dirname, '../webview/page.ts')],
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      legalComments: 'none',
      write: false,
    });
    script = built.outputFiles[0]?.text ?? '';
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('shows the verdict, whole tables and painted charts, without a complaint or a request', async () => {
    const { page, complaints, requests } = await opened('whole', record);
    const sentence = await page.locator('.verdict .sentence').innerText();
    expect(sentence.replaceAll('\u00a0', ' ')).toBe(`${record.sentence}.`);
    const colours = await canvasColours(page);
    expect(colours).toHaveLength(timeCharts);
    expect(Math.min(...colours)).toBeGreaterThan(10);
    expect(await openEveryTab(page)).toEqual([
      'Charts',
      'Effects',
      'Endpoints',
      'Distribution',
      'Resources',
      'Errors',
      'Events',
      'How measured',
    ]);
    const effects = record.effects.filter((effect) => effect.scope.kind !== 'endpoint');
    expect(await rowsOf(page, 'Effects of with_insights')).toBe(effects.length);
    expect(await rowsOf(page, 'Endpoints, with_insights')).toBe(4);
    expect(await rowsOf(page, 'Trials')).toBe(record.trials.length + record.capacity.length);
    expect(await page.locator('.headline-card .interval-bar').count()).toBe(record.headline.length);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.close();
  });

  test('of four variants shows each against the first, the steps between them, and no sideways overflow', async () => {
    const ladder = ladderRecord();
    for (const width of [1200, 320]) {
      const { page, complaints } = await opened(`ladder-${width}`, ladder, { width });
      await openTab(page, 'Effects');
      for (const candidate of ladderVariants.slice(1))
        expect(await rowsOf(page, `Effects of ${candidate}`)).toBeGreaterThan(20);
      expect(await page.locator('.headline-strip').count()).toBe(3);
      const metrics = new Set((ladder.steps ?? []).map(({ metric }) => metric)).size;
      expect(await rowsOf(page, 'Step by step')).toBe(3 * metrics);
      expect(await page.locator('.verdict .sentence').innerText()).toContain('Step by step (exploratory');
      expect(await overflow(page)).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test("shows the machine's noise floor in each headline bar, in words and below How measured", async () => {
    const { page, complaints } = await opened('noise', withNoise(record));
    const headline = record.headline.length;
    await openTab(page, 'Effects');
    expect(await page.locator('.headline-card .interval-bar .noise').count()).toBe(headline);
    expect(await page.locator('#effects .interval-bar .noise').count()).toBe(headline);
    expect(await page.locator('.headline-card').first().innerText()).toContain('Noise floor ±4.1 % at 6 blocks.');
    await openTab(page, 'How measured');
    expect(await page.locator('#method').innerText()).toContain('same machine, same load, same versions');
    expect(await rowsOf(page, 'What this machine can resolve')).toBe(2);
    expect(await page.locator('#resolution').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('of a check of the machine answers first what it can resolve', async () => {
    const check = withNoise({ ...record, plan: { ...record.plan, purpose: 'aa' } });
    for (const width of [1200, 320]) {
      const { page, complaints } = await opened(`check-${width}`, check, { width });
      expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('What this machine can resolve');
      expect(await page.locator('#resolution').innerText()).toContain('false claims: none');
      expect(await rowsOf(page, 'What this machine can resolve')).toBe(2);
      expect(await overflow(page)).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test('gives a hostile endpoint name and warning no effect', async () => {
    const { page, complaints, requests } = await opened('hostile', withHostileEndpoint(record));
    await openEveryTab(page);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('#endpoints tbody th').allInnerTexts()).toContainEqual(
      expect.stringContaining('<img src=x'),
    );
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.close();
  });

  test('lets the reader choose an endpoint and a rate', async () => {
    const { page, complaints } = await opened('state', record);
    await openTab(page, 'Distribution');
    await page.locator('#distribution select').selectOption({ label: 'GET /api/data/' });
    expect(await page.locator('#distribution figcaption').innerText()).toContain('GET /api/data/');
    expect(Math.min(...(await canvasColours(page)))).toBeGreaterThan(10);
    await openTab(page, 'Events');
    await page.getByLabel(/requests per second/).fill('100');
    expect(await page.locator('#events [role=status]').innerText()).toContain('11,200,000 events');
    await page.getByLabel(/of a quota of/).fill('1000');
    expect(await page.locator('#events [role=status]').innerText()).toMatch(
      /with_insights.* % of the quota, which lasts up to [\d.,]+ requests/,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each([
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { width: 320 }],
    ['narrow and dark', { width: 320, colorScheme: 'dark' }],
  ] as const)('does not overflow sideways when it is %s', async (name, context) => {
    const { page, complaints } = await opened(name, withHostileEndpoint(record), context);
    for (const title of await page.getByRole('tab').allInnerTexts()) {
      await openTab(page, title);
      expect(await overflow(page), title).toBe(0);
    }
    expect(Math.min(...(await canvasColours(page)))).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('follows the theme, and prints light', async () => {
    const { page } = await opened('themes', record, { colorScheme: 'dark' });
    const theme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await expect.poll(theme).toBe('light');
    await page.close();
  });

  test.each<[string, Partial<ComparisonRecord>]>([
    [
      'without effects or trials',
      { effects: [], trials: [], capacity: [], status: 'partial', sentence: 'Partial: nothing' },
    ],
    ['of an unknown metric', { headline: ['gone_metric'] }],
  ])('opens a record %s', async (name, change) => {
    const { page, complaints } = await opened(name, { ...record, ...change });
    await openEveryTab(page);
    expect(await page.locator('section.part').count()).toBeGreaterThan(8);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('opens a record that the first version wrote', async () => {
    const file = path.resolve(__dirname, 'fixtures/records/first-version.insights.json');
    const old = parseRecord(await readFile(file, 'utf8'), file);
    const { page, complaints } = await opened('first-version', old);
    await openEveryTab(page);
    expect(await rowsOf(page, 'Trials')).toBe(old.trials.length + old.capacity.length);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('can be reached by keyboard: one stop for the tabs, arrows between them, then what is in the open one', async () => {
    const { page } = await opened('keyboard', record);
    const focused = async (): Promise<string> =>
      page.evaluate<string>(
        'document.activeElement.getAttribute("aria-label") ?? (document.activeElement.id || document.activeElement.localName)',
      );
    const tabUntil = async (wanted: string): Promise<void> => {
      for (let step = 0; step < 30; step += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()) === wanted) return;
      }
      expect(await focused()).toBe(wanted);
    };
    await tabUntil('tab-charts');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('tab-effects');
    await tabUntil('Effects of with_insights');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('End');
    expect(await focused()).toBe('tab-method');
    await tabUntil('Trials');
    await page.locator('#tab-method').focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('tab-charts');
    await tabUntil('input');
    await tabUntil('summary');
    await page.close();
  });

  test('is led to a tab by its address, and tells it', async () => {
    const { page } = await opened('address', record);
    await openTab(page, 'Endpoints');
    expect(new URL(page.url()).hash).toBe('#endpoints');
    await page.reload();
    expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('Endpoints');
    await page.close();
  });

  test('shows on paper what is in every tab', async () => {
    const { page, complaints } = await opened('paper', record);
    const seen = async (): Promise<string[]> =>
      page.evaluate<string[]>(
        '[...document.querySelectorAll("section.part")].filter((part) => part.offsetHeight > 0).map(({ id }) => id)',
      );
    expect(await seen()).toEqual(['blocks', 'time']);
    await page.emulateMedia({ media: 'print' });
    await expect
      .poll(seen)
      .toEqual([
        ...[
          'blocks',
          'time',
          'effects',
          'endpoints',
          'distribution',
          'resources',
          'errors',
          'events',
          'method',
          'trials',
        ],
      ]);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(seen).toEqual(['blocks', 'time']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('looks at a part of the time by a drag or by figures, in all charts at once', async () => {
    const { page, complaints } = await opened('zoom', record);
    const pictures = async (): Promise<string[]> =>
      page.evaluate<string[]>('[...document.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL())');
    const whole = await pictures();
    const unchanged = async (): Promise<number> =>
      (await pictures()).filter((picture, index) => picture === whole[index]).length;
    await page.locator('canvas').first().scrollIntoViewIfNeeded();
    const box = await page.locator('canvas').first().boundingBox();
    if (box === null) throw new Error('There is no chart.');
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    // The crosshair is drawn in each of them.
    await expect.poll(unchanged).toBe(0);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const from = page.getByLabel('From', { exact: true });
    const dragged = Number(await from.inputValue());
    expect(dragged).toBeGreaterThan(0);
    await page.mouse.move(5, 5);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(unchanged).toBe(whole.length);
    await from.fill('6');
    await from.press('Enter');
    await expect.poll(unchanged).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a large record stays under 1.5 MB', () => {
    const many = Array.from({ length: 5 }, (_, copy) => copy * 6);
    const large: ComparisonRecord = {
      ...record,
      trials: many.flatMap((offset) => record.trials.map((trial) => ({ ...trial, block: trial.block + offset }))),
      capacity: many.flatMap((offset) => record.capacity.map((trial) => ({ ...trial, block: trial.block + offset }))),
    };
    expect(Buffer.byteLength(htmlReport(large, syntheticSeries(large), { script }))).toBeLessThan(1_500_000);
  });
});
