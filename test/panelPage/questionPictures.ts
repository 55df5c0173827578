import { ask, fiveQuestions } from './fiveQuestions';
import { takeRecordPictures, type PictureOptions } from './recordPictures';

/** The page as it answers each of the five questions, in the first theme. Returns the files. */
export async function takePictures(options: PictureOptions): Promise<readonly string[]> {
  return takeRecordPictures(options, async ({ open, take }) => {
    for (const question of fiveQuestions) {
      const panel = await open({ width: 900, height: 900 });
      await ask(panel.page, question);
      await take(panel, question.name, 'window');
      await panel.page.close();
    }
  });
}
