import { takeRecordPictures, type PictureOptions } from './recordPictures';
import { editorThemes } from './themes';

const widths = [900, 320];

/** Every tab of a record's page as it looks in the editor: in each theme, at both widths, from top to bottom. Returns the files. */
export async function takePictures(options: PictureOptions): Promise<readonly string[]> {
  return takeRecordPictures(options, async ({ open, take }) => {
    for (const theme of editorThemes) {
      for (const width of widths) {
        const panel = await open({ theme, width, height: 900 });
        for (const title of await panel.page.getByRole('tab').allInnerTexts()) {
          await panel.page.getByRole('tab', { name: title, exact: true }).click();
          const words = [theme.name, String(width), title].map((word) => word.toLowerCase().replaceAll(/\W+/g, '-'));
          await take(panel, words.join('_'), 'whole page');
        }
        await panel.page.close();
      }
    }
  });
}
