import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitIn } from '../../../test/fixtures/gitIn';
import type { VariantPlan } from '../../shared/plan';
import { createTestFolder, type TestFolder } from '../target/testProcesses';
import { codeVariants, type CodeRequest } from './codeVariants';

let folder: TestFolder;
let repository: string;
const git = (...words: string[]): string => gitIn(repository)(...words);

beforeAll(() => {
  folder = createTestFolder();
  repository = path.join(folder.path, 'repository');
  mkdirSync(path.join(repository, 'app'), { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  for (const text of ['one', 'two']) {
    writeFileSync(path.join(repository, 'app', 'file'), text);
    git('add', '.');
    git('commit', '--quiet', '-m', text);
  }
  git('branch', 'feature/faster', 'HEAD~1');
  symlinkSync(path.join(repository, 'app'), path.join(folder.path, 'link'));
});
afterAll(() => folder.remove());

const variant = (name: string, insightsEnabled: boolean | null): VariantPlan => ({
  name,
  envFiles: [],
  environment: { NAME: name },
  insightsEnabled,
});
const both = [variant('without_insights', false), variant('with_insights', true)];
const asked = (request: Partial<CodeRequest>): CodeRequest => ({
  purpose: 'comparison',
  setRequirements: [],
  variantNames: [],
  variantFiles: [],
  outages: [],
  ...request,
});
const target = (more: { cwd?: string; command?: string[] } = {}) => ({
  cwd: path.join(repository, 'app'),
  command: ['{python}', '-m', 'gunicorn', 'app:app'],
  companions: [],
  ...more,
});

describe('two commits', () => {
  test('are one environment twice: the last in which Insights is on', async () => {
    const [base, head, ...others] = await codeVariants(asked({ base: 'feature/faster', head: 'main' }), both, target());
    expect(others).toEqual([]);
    expect([base?.environment, head?.environment]).toEqual([{ NAME: 'with_insights' }, { NAME: 'with_insights' }]);
    expect(base).toMatchObject({
      name: 'feature-faster',
      code: { revision: { repository, commit: git('rev-parse', 'HEAD~1'), isWorkTree: false } },
    });
    expect(head).toMatchObject({ name: 'main', code: { revision: { commit: git('rev-parse', 'HEAD') } } });
  });

  test('are compared under the environment that was named', async () => {
    const [base] = await codeVariants(
      asked({ base: 'HEAD~1', head: 'HEAD', variantNames: ['without_insights'] }),
      both.slice(0, 1),
      target(),
    );
    expect(base?.environment).toEqual({ NAME: 'without_insights' });
  });

  test('without a head are a commit and the files as they are now', async () => {
    const [, head] = await codeVariants(asked({ base: 'HEAD~1' }), both, target());
    expect(head).toMatchObject({ name: 'work_tree', code: { revision: { isWorkTree: true } } });
  });

  test.each<[string, Partial<CodeRequest>, RegExp]>([
    ['a commit that is not there', { base: 'nowhere' }, /^There is no commit nowhere in /],
    ['an option in its place', { base: '--all', head: 'HEAD' }, /^There is no commit --all in /],
    ['the same commit twice', { base: 'main', head: 'HEAD' }, /^main and HEAD are the same commit/],
    ['nothing that has changed', { base: 'HEAD' }, /^Nothing has changed since HEAD/],
    ['a head alone', { head: 'HEAD' }, /^--base is missing/],
    ['a baseline against itself', { base: 'HEAD~1', purpose: 'aa' }, /^--base has no place in/],
    ['an outage beside them', { base: 'HEAD~1', outages: ['429'] }, /^--base and --outage are two questions/],
    [
      'a release beside them',
      { base: 'HEAD~1', setRequirements: ['flask==3.0'] },
      /^--set-requirement and --base are two questions/,
    ],
    [
      'two environments',
      { base: 'HEAD~1', variantNames: ['without_insights', 'with_insights'] },
      /^Two codes are compared under one environment/,
    ],
  ])('are refused for %s', async (_, request, message) => {
    await expect(codeVariants(asked(request), both, target())).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message) as unknown,
    });
  });

  test('are refused outside of a repository, by a link into one, and for a program of the user’s own environment', async () => {
    const request = asked({ base: 'HEAD~1', head: 'HEAD' });
    await expect(codeVariants(request, both, target({ cwd: folder.path }))).rejects.toThrow(/is in no git repository/);
    await expect(codeVariants(request, both, target({ cwd: path.join(folder.path, 'link') }))).rejects.toThrow(
      /leads into its repository by a link/,
    );
    await expect(codeVariants(request, both, target({ command: ['gunicorn', 'app:app'] }))).rejects.toMatchObject({
      hint: expect.stringContaining('{python} -m gunicorn') as unknown,
    });
  });
});

describe('releases', () => {
  const namesAndSpecs = async (...setRequirements: string[]) =>
    (await codeVariants(asked({ setRequirements }), both, target())).map(({ name, code }) => [
      name,
      ...(code?.requirements ?? []),
    ]);

  test('named once are compared with what is installed', async () => {
    expect(await namesAndSpecs('honeybadger==1.2.4')).toEqual([
      ['installed'],
      ['honeybadger-1.2.4', 'honeybadger==1.2.4'],
    ]);
  });

  test('of one package twice are compared with each other, however its name is written', async () => {
    expect(await namesAndSpecs('Flask_SQLAlchemy==3.0', 'flask-sqlalchemy==3.1')).toEqual([
      ['Flask_SQLAlchemy-3.0', 'Flask_SQLAlchemy==3.0'],
      ['flask-sqlalchemy-3.1', 'flask-sqlalchemy==3.1'],
    ]);
  });

  test.each([
    ['honeybadger', /names no release/],
    ['-r requirements.txt', /names no release/],
    ['==1.0', /names no release/],
  ])('%s is refused', async (spec, message) => {
    await expect(namesAndSpecs(spec)).rejects.toThrow(message);
  });

  test('of one package three times are refused', async () => {
    await expect(namesAndSpecs('a==1', 'a==2', 'a==3')).rejects.toThrow(/names a 3 times/);
  });
});
