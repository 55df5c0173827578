import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { syntheticRecord } from '../../test/fixtures/syntheticTrials';
import { addToStepSummary } from './stepSummary';

/** Made once: its effects are dear to compute. */
const record = syntheticRecord();

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-step-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

let said = '';
const context = (file: string | undefined) =>
  ({
    environment: { GITHUB_STEP_SUMMARY: file },
    stderr: { write: (text: string) => (said += text) },
  }) as unknown as Parameters<typeof addToStepSummary>[1];

test('a step’s page gets the reports after what stands there', async () => {
  const file = path.join(folder, 'summary.md');
  await writeFile(file, '# Earlier\n');
  await addToStepSummary([record, record], context(file));
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^# Earlier\n<!-- [^>]+ -->\n### Insights comparison: /);
  expect(text.match(/^### Insights comparison: /gm)).toHaveLength(2);
});

test('no page is larger than is read; what is left out is counted', async () => {
  const file = path.join(folder, 'summary.md');
  const long = { ...record, plan: { ...record.plan, repeatCommand: 'x'.repeat(90_000) } };
  await addToStepSummary([long, long, long, long], context(file));
  const text = await readFile(file, 'utf8');
  expect(text.length).toBeLessThan(200_000);
  expect(text).toContain('2 more stand in the results folder.');
});

test('outside of GitHub nothing is written; where it cannot be, that is said and nothing thrown', async () => {
  await addToStepSummary([record], context(undefined));
  await addToStepSummary([record], context(path.join(folder, 'nowhere', 'summary.md')));
  expect(said).toMatch(/^! The step's summary could not be written: ENOENT/);
});
