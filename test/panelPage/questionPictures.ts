import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ask, fiveQuestions } from './fiveQuestions';
import { startPanelBrowser } from './panelBrowser';
import { recordMessages } from './recordMessages';

/** The page as it answers each of the five questions, in the first theme. Returns the files. */
export async function takePictures(options: {
  /** Of the checkout. */
  readonly root: string;
  readonly recordPath: string;
  readonly folder: string;
}): Promise<readonly string[]> {
  const { root, recordPath, folder } = options;
  await mkdir(folder, { recursive: true });
  const messages = await recordMessages(recordPath);
  const files: string[] = [];
  const browser = await startPanelBrowser(root);
  for (const question of fiveQuestions) {
    const panel = await browser.open({ width: 900, height: 900 });
    for (const message of messages) await panel.tell(message);
    await ask(panel.page, question);
    const file = path.join(folder, `${question.name}.png`);
    await panel.page.screenshot({ path: file });
    files.push(file);
    await panel.page.close();
  }
  await browser.close();
  return files;
}
