import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advanceLiveRun, emptyLiveRun, type LiveRun } from '../src/shared/liveRun';
import { syntheticHistory } from './fixtures/syntheticHistory';
import { syntheticSeries } from './fixtures/syntheticSeries';
import { syntheticRecord } from './fixtures/syntheticTrials';
import { hostMessage, type PanelBrowser, type PanelPage, startPanelBrowser } from './panelPage/panelBrowser';
import { recordMessage } from './panelPage/recordMessages';
import { feedUntil, isSample, syntheticFeed } from './panelPage/syntheticFeed';
import { type EditorTheme, editorThemes } from './panelPage/themes';

let browser: PanelBrowser;
let axe = '';
let shown: unknown;
/** What the host answers when the tabs *History* and *Log* are opened. */
let answers: readonly unknown[];
const live = hostMessage({ type: 'live', run: stoppingRun() });

/** A run with everything in sight: charts, figures, a warning, a failed check, a log, the wait for an exit. */
function stoppingRun(): LiveRun {
  const warning = { code: 'no_reset', message: 'No "reset" is set', advice: 'Add "reset" to the target.' };
  return [
    ...feedUntil(syntheticFeed(), isSample(14, 16)),
    {
      type: 'preflight',
      check: 'with_insights',
      state: 'failed',
      message: 'with_insights: GET / fails with HTTP 500',
      atMs: 1,
    } as const,
    { type: 'warning', warning, atMs: 1 } as const,
    { type: 'stopping', reason: 'stopped by the user', atMs: 1 } as const,
    { type: 'exit-wait', process: 'flask', elapsedSeconds: 10, limitSeconds: 130, atMs: 1 } as const,
  ].reduce(advanceLiveRun, emptyLiveRun);
}

async function overflow({ page }: PanelPage): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** What axe-core finds serious or critical: rule and element. */
async function findings({ page }: PanelPage, within = 'document'): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<
    string[]
  >(`axe.run(${within}, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 120) + ' ' + (any[0]?.message ?? ''))))`);
}

/** How many distinct colours each canvas shows: a blank one has a single one. */
async function fewestColours({ page }: PanelPage): Promise<number> {
  return page.evaluate<number>(`Math.min(...[...document.querySelectorAll('canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }))`);
}

beforeAll(async () => {
  const record = syntheticRecord();
  const recordPath = '/runs/x/comparison.insights.json';
  const actions = { canRunAgain: false, whyNot: 'Another run is on.' };
  shown = recordMessage({ record, series: syntheticSeries(record), recordPath, actions });
  const log = { position: 0, text: '[INFO] Booting worker with pid: 4100\n'.repeat(40), leftOutBytes: 12_000 };
  answers = [
    hostMessage({ type: 'history', recordPath, history: syntheticHistory(record) }),
    hostMessage({ type: 'log', recordPath, log }),
  ];
  axe = await readFile(path.resolve(__dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
  browser = await startPanelBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe.each(editorThemes.map((theme) => [theme.name, theme] as const))('the panel in %s', (_, theme: EditorTheme) => {
  let panel: PanelPage;
  beforeAll(async () => {
    panel = await browser.open({ theme });
  });
  afterAll(async () => {
    await panel.page.close();
  });

  test('shows a live run that axe has nothing serious to say about', async () => {
    await panel.tell(live);
    await panel.page.locator('.log summary').click();
    await panel.page.locator('.log-lines').waitFor();
    expect(await findings(panel)).toEqual([]);
    expect(await fewestColours(panel)).toBeGreaterThan(10);
  });

  test('fits a live run into 320 pixels', async () => {
    await panel.page.setViewportSize({ width: 320, height: 700 });
    await panel.tell(live);
    expect(await overflow(panel)).toBe(0);
  });

  test('fits every tab of a record into 320 pixels', async () => {
    await panel.tell(shown);
    for (const answer of answers) await panel.tell(answer);
    for (const title of await panel.page.getByRole('tab').allInnerTexts()) {
      await panel.page.getByRole('tab', { name: title, exact: true }).click();
      expect(await overflow(panel), title).toBe(0);
    }
  });

  test('shows a record in whose tabs axe has nothing serious to say about', async () => {
    await panel.page.setViewportSize({ width: 900, height: 900 });
    for (const title of await panel.page.getByRole('tab').allInnerTexts()) {
      await panel.page.getByRole('tab', { name: title, exact: true }).click();
      expect(await findings(panel, '"[role=tabpanel]:not([hidden])"'), title).toEqual([]);
    }
    expect(await findings(panel)).toEqual([]);
  });

  test('complains of nothing and asks for nothing on the way', () => {
    expect({ complaints: panel.complaints, requests: panel.requests }).toEqual({ complaints: [], requests: [] });
  });
});

describe('the panel', () => {
  test('takes the colours of a theme that is chosen while it is open, its charts too', async () => {
    const [dark, light] = editorThemes;
    const panel = await browser.open({ ...(dark === undefined ? {} : { theme: dark }) });
    await panel.tell(live);
    const corner = async (): Promise<string> => panel.page.evaluate('getComputedStyle(document.body).backgroundColor');
    const picture = async (): Promise<string> => panel.page.evaluate('document.querySelector("canvas").toDataURL()');
    const before = { corner: await corner(), picture: await picture() };
    await panel.page.evaluate(
      `for (const [name, value] of Object.entries(${JSON.stringify(light?.variables)})) document.documentElement.style.setProperty('--vscode-' + name, value);
       document.body.dataset.vscodeThemeKind = 'vscode-light'; document.body.className = 'vscode-light';`,
    );
    expect(await corner()).toBe('rgb(255, 255, 255)');
    expect(before.corner).toBe('rgb(31, 31, 31)');
    expect(await picture()).not.toBe(before.picture);
    await panel.page.close();
  });

  test('can be used by keyboard alone', async () => {
    const panel = await browser.open();
    await panel.tell(live);
    const reached: string[] = [];
    for (let step = 0; step < 8; step += 1) {
      await panel.page.keyboard.press('Tab');
      reached.push(await panel.page.evaluate<string>('document.activeElement.textContent.trim().slice(0, 20)'));
    }
    expect(reached).toEqual(expect.arrayContaining(['Stopping …', 'Stop now', 'Freeze charts', 'Log, last lines']));
    await panel.page.close();
  });
});
