import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';
import { withoutForms, withoutWebAssembly } from '../../scripts/leanPackages.mjs';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

interface Bundle {
  readonly bytes: number;
  /** What the source left in the global `answer`. */
  readonly answer: unknown;
}

/** Bundles a source as for a browser, and runs it. */
async function bundle(contents: string, plugins: readonly Plugin[]): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    plugins: [...plugins],
  });
  const code = outputFiles[0]!.text;
  const globals = { answer: undefined, window: {}, TextDecoder, TextEncoder };
  runInNewContext(code, globals);
  return { bytes: code.length, answer: globals.answer };
}

test('histograms count, encode and decode without their WebAssembly, and 30 kB are gone', async () => {
  const source = `
    import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
    const histogram = build({ useWebAssembly: false, numberOfSignificantValueDigits: 3 });
    for (let value = 1; value <= 100; value += 1) histogram.recordValue(value);
    const copy = decodeFromCompressedBase64(encodeIntoCompressedBase64(histogram));
    answer = [copy.totalCount, copy.getValueAtPercentile(95)].join(' ');`;
  const [lean, full] = [await bundle(source, [withoutWebAssembly]), await bundle(source, [])];
  expect(lean.answer).toBe('100 95');
  expect(full.answer).toBe('100 95');
  expect(full.bytes - lean.bytes).toBeGreaterThan(30_000);
});

test("autocannon's forms are left out, and say so if they are ever asked for", async () => {
  const source = `import FormData from 'form-data'; try { new FormData(); } catch (error) { answer = error.message; }`;
  expect((await bundle(source, [withoutForms])).answer).toBe('form-data is not in this bundle');
});
