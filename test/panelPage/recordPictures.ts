import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type PanelBrowser, type PanelPage, startPanelBrowser } from './panelBrowser';
import { recordMessages } from './recordMessages';

export interface PictureOptions {
  /** Of the checkout. */
  readonly root: string;
  readonly recordPath: string;
  /** Where the pictures go. */
  readonly folder: string;
}

export interface Camera {
  /** A page that has been told everything of the record. */
  open(options: Parameters<PanelBrowser['open']>[0]): Promise<PanelPage>;
  /** Keeps what can be seen, or the page from top to bottom, under a name without its ending. */
  take(panel: PanelPage, name: string, extent: 'window' | 'whole page'): Promise<void>;
}

/** Pictures of a real run's page. Returns the files. */
export async function takeRecordPictures(
  { root, recordPath, folder }: PictureOptions,
  work: (camera: Camera) => Promise<void>,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const messages = await recordMessages(recordPath);
  const files: string[] = [];
  const browser = await startPanelBrowser(root);
  await work({
    open: async (options) => {
      const panel = await browser.open(options);
      for (const message of messages) await panel.tell(message);
      return panel;
    },
    take: async ({ page }, name, extent) => {
      const file = path.join(folder, `${name}.png`);
      await page.screenshot({ path: file, fullPage: extent === 'whole page' });
      files.push(file);
    },
  });
  await browser.close();
  return files;
}
