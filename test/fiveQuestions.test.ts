import { afterAll, beforeAll, expect, test } from 'vitest';
import { packSeries } from '../src/shared/series';
import { syntheticHistory } from './fixtures/syntheticHistory';
import { syntheticSeries } from './fixtures/syntheticSeries';
import { syntheticRecord } from './fixtures/syntheticTrials';
import { ask, fiveQuestions } from './panelPage/fiveQuestions';
import { hostMessage, type PanelBrowser, startPanelBrowser } from './panelPage/panelBrowser';

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

test.each(fiveQuestions.map((question) => [question.question, question] as const))(
  '%s is answered in two clicks or fewer, in sight',
  async (_, question) => {
    const panel = await browser.open({ height });
    await panel.tell(
      hostMessage({
        type: 'record',
        sought: null,
        record,
        series: syntheticSeries(record).map(packSeries),
        recordPath,
        actions: { canRunAgain: true, whyNot: null },
      }),
    );
    await panel.tell(hostMessage({ type: 'history', recordPath, history: syntheticHistory(record) }));
    expect(question.tabs.length).toBeLessThanOrEqual(2);
    await ask(panel.page, question);
    const answer = panel.page.locator(question.answer);
    expect((await answer.innerText()).replaceAll(/\s+/g, ' ')).toMatch(answers[question.name] ?? /never/);
    // Its beginning is seen without scrolling.
    const box = await answer.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(height - 60);
    expect(panel.complaints).toEqual([]);
    await panel.page.close();
  },
);
