import { afterAll, beforeAll, expect, test } from 'vitest';
import { syntheticHistory } from './fixtures/syntheticHistory';
import { syntheticSeries } from './fixtures/syntheticSeries';
import { syntheticRecord } from './fixtures/syntheticTrials';
import { ask, fiveQuestions } from './panelPage/fiveQuestions';
import { hostMessage, type PanelBrowser, type PanelPage, startPanelBrowser } from './panelPage/panelBrowser';
import { recordMessage } from './panelPage/recordMessages';

let browser: PanelBrowser;
beforeAll(async () => {
  browser = await startPanelBrowser();
});
afterAll(async () => {
  await browser.close();
});

const height = 900;
const record = syntheticRecord();
const recordPath = '/runs/x/comparison.insights.json';

/** What the answer must say, by question. */
const answers: Readonly<Record<string, RegExp>> = {
  cost: /CPU per request/,
  view: /(?:GET|POST) \//,
  events: /with_insights: [\d,.\s]+ events and [\d.]+ \wB a day/,
  trust: /Noise floor|Events/,
  since: /Since the pinned run: Before the upgrade/,
};

async function opened(): Promise<PanelPage> {
  const panel = await browser.open({ height });
  await panel.tell(recordMessage({ record, series: syntheticSeries(record), recordPath }));
  await panel.tell(hostMessage({ type: 'history', recordPath, history: syntheticHistory(record) }));
  return panel;
}

test.each(fiveQuestions.map((question) => [question.question, question] as const))(
  '%s is answered in two clicks or fewer, in sight',
  async (_, question) => {
    const panel = await opened();
    expect(question.tabs.length).toBeLessThanOrEqual(2);
    await ask(panel.page, question);
    const answer = panel.page.locator(question.answer);
    expect((await answer.innerText()).replaceAll(/\s+/g, ' ')).toMatch(answers[question.name] ?? /never/);
    // In sight without scrolling: all of it, or what one reads first.
    const { y, height: own } = (await answer.boundingBox()) ?? { y: NaN, height: NaN };
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + Math.min(own, 200)).toBeLessThanOrEqual(height);
    expect(panel.complaints).toEqual([]);
    await panel.page.close();
  },
);

test('a tab begins at its beginning, however far down the reader was in another', async () => {
  const panel = await opened();
  await panel.page.getByRole('tab', { name: 'How measured' }).click();
  await panel.page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
  await panel.page.getByRole('tab', { name: 'Effects' }).click();
  const [bar, title] = await Promise.all(
    ['.section-nav', '#effects h2'].map(async (place) => panel.page.locator(place).boundingBox()),
  );
  expect(bar?.y).toBe(0);
  expect(title?.y).toBeGreaterThanOrEqual(bar?.height ?? NaN);
  expect(title?.y).toBeLessThan(height / 2);
  // What is in sight stays where it is.
  const before = await panel.page.evaluate('window.scrollY');
  await panel.page.getByRole('tab', { name: 'Effects' }).click();
  expect(await panel.page.evaluate('window.scrollY')).toBe(before);
  await panel.page.close();
});
