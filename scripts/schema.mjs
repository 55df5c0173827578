// Writes insights-comparison.schema.json, from which the editor completes and checks the project file: node scripts/schema.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the schema stands in the checkout and in the packages. */
export const schemaFile = join(root, 'insights-comparison.schema.json');

/** One bundle of both: descriptions are kept in a registry of the very zod that the schema was made with. */
const entry = `
  export { toJSONSchema } from 'zod';
  export { projectFileSchema } from './src/shared/projectFile';
`;

/** @returns {Promise<string>} the project file's JSON Schema, made from src/shared/projectFile.ts, as it is written to the file */
export async function schemaText() {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  /** @type {{ toJSONSchema: typeof import('zod').toJSONSchema, projectFileSchema: import('zod').ZodType }} */
  const { toJSONSchema, projectFileSchema } = await import(`data:text/javascript;base64,${code}`);
  // Draft 7 is what editors know best; `io: 'input'` because a file leaves out what has a default.
  const { $schema, ...schema } = toJSONSchema(projectFileSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  const whole = {
    $schema,
    title: 'Insights comparison: project file',
    // VS Code's own: the tool reads the file with both.
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
  };
  const style = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8'));
  return format(JSON.stringify(whole), { ...style, parser: 'json' });
}

/**
 * Leaves out what says nothing to an editor: a format of zod's own (its pattern stays), that names are strings, and
 * the bounds of exact integers.
 * @param {import('zod').core.JSONSchema.BaseSchema} schema
 */
function tidy(schema) {
  if (schema.format === 'starts_with') delete schema.format;
  delete schema.propertyNames;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(schemaFile, await schemaText());
}
