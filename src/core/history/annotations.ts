import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { UserError } from '../../shared/userError';
import { annotationsFileName } from './annotationsFileName';
import { writeFileAtomic } from '../writeFileAtomic';

/** What a user has said of a past run. */
const annotationSchema = z.object({
  /** Kept above the others, and from being thrown away with old runs. */
  pinned: z.boolean().optional(),
  /** In place of the verdict, where runs are listed. */
  name: z.string().optional(),
  note: z.string().optional(),
});
export type Annotation = Readonly<z.infer<typeof annotationSchema>>;

const fileSchema = z.object({ schemaVersion: z.literal(1), runs: z.record(z.string(), annotationSchema) });

/** By a run's id. Empty where nothing was said, or the file is damaged: it holds nothing that a list could not do without. */
export async function readAnnotations(resultsFolder: string): Promise<Readonly<Record<string, Annotation>>> {
  const text = await readFile(path.join(resultsFolder, annotationsFileName), 'utf8').catch(() => null);
  if (text === null) return {};
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.runs : {};
  } catch {
    return {};
  }
}

/**
 * Says something else of a run; what is left out of `change` stays, an empty text or `false` is taken back. Throws `UserError('usage')` when the
 * file cannot be written, or holds what a newer version or a hand has written there: nothing of that is lost.
 */
export async function annotateRun(resultsFolder: string, id: string, change: Annotation): Promise<void> {
  const file = path.join(resultsFolder, annotationsFileName);
  const known = await readForChange(file);
  const runs = { ...known, [id]: withoutEmpty({ ...known[id], ...change }) };
  const kept = Object.fromEntries(Object.entries(runs).filter(([, said]) => Object.keys(said).length > 0));
  try {
    await writeFileAtomic(file, `${JSON.stringify({ schemaVersion: 1, runs: kept }, null, 1)}\n`);
  } catch (cause) {
    throw new UserError('usage', `Pins and notes cannot be written to ${file}`, {
      hint: 'Make the folder writable.',
      cause,
    });
  }
}

async function readForChange(file: string): Promise<Readonly<Record<string, Annotation>>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return {};
  try {
    return fileSchema.parse(JSON.parse(text)).runs;
  } catch (cause) {
    throw new UserError('usage', `${file} holds no pins and notes that this version can read`, {
      hint: 'Update Insights comparison, or move the file away to begin anew.',
      cause,
    });
  }
}

function withoutEmpty({ pinned, name, note }: Annotation): Annotation {
  return {
    ...(pinned === true ? { pinned } : {}),
    ...(name === undefined || name.trim() === '' ? {} : { name: name.trim() }),
    ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }),
  };
}
