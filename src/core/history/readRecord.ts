import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { recordSchema, schemaVersion, type ComparisonRecord } from '../../shared/record';
import { UserError } from '../../shared/userError';
import { recordFileName } from './runFolder';

/**
 * A record of this or an earlier version, from its file or its run folder.
 * Throws `UserError('usage')` when there is none, it is damaged, or it was written by a newer version.
 */
export async function readRecord(
  fileOrFolder: string,
): Promise<{ readonly record: ComparisonRecord; readonly folder: string }> {
  const isFolder = await stat(fileOrFolder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? path.join(fileOrFolder, recordFileName) : fileOrFolder;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('usage', `There is no record at ${file}`, {
      hint: 'Name a run folder or its comparison.insights.json.',
      cause,
    });
  });
  return { record: parseRecord(text, file), folder: path.dirname(file) };
}

/** As `readRecord`, of text; `file` is only for messages. */
export function parseRecord(text: string, file: string): ComparisonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('usage', `${file} is no JSON`, { hint: 'It may have been cut off or edited by hand.', cause });
  }
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (typeof version === 'number' && version > schemaVersion) {
    throw new UserError(
      'usage',
      `${file} was written by a newer version (schema ${version}, this one reads up to ${schemaVersion})`,
      {
        hint: 'Update Insights comparison.',
      },
    );
  }
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(
    'usage',
    `${file} is no record of a comparison: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    {
      hint: 'It may have been edited by hand.',
    },
  );
}
