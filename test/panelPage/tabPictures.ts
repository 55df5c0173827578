import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startPanelBrowser } from './panelBrowser';
import { recordMessages } from './recordMessages';
import { editorThemes } from './themes';

const widths = [900, 320];

/** Every tab of a record's page as it looks in the editor: in each theme, at both widths, from top to bottom. Returns the files. */
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
  for (const theme of editorThemes) {
    for (const width of widths) {
      const panel = await browser.open({ theme, width, height: 900 });
      for (const message of messages) await panel.tell(message);
      for (const title of await panel.page.getByRole('tab').allInnerTexts()) {
        await panel.page.getByRole('tab', { name: title, exact: true }).click();
        const words = [theme.name, String(width), title].map((word) => word.toLowerCase().replaceAll(/\W+/g, '-'));
        const file = path.join(folder, `${words.join('_')}.png`);
        await panel.page.screenshot({ path: file, fullPage: true });
        files.push(file);
      }
      await panel.page.close();
    }
  }
  await browser.close();
  return files;
}
