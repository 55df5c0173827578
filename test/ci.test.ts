import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markdownReport } from '../src/core/report/markdownReport';
import { copyTinyProject, testPython } from './e2e/commandLine';
import { syntheticRecord } from './fixtures/syntheticTrials';

const root = path.resolve(__dirname, '..');

interface Ended {
  readonly code: number;
  readonly output: string;
}

async function node(script: string, words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } };
    execFile(process.execPath, [path.join(root, script), ...words], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

describe('the comment in a pull request', () => {
  let server: Server;
  let folder: string;
  let report: string;
  let comments: { id: number; body: string }[] = [];
  let asked: string[] = [];
  let answer: number | null = null;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ic-ci-'));
    report = path.join(folder, 'report.md');
    await writeFile(report, markdownReport(syntheticRecord()));
    await writeFile(path.join(folder, 'event.json'), JSON.stringify({ pull_request: { number: 7 } }));
    server = createServer((request, response) => {
      const { method = '', url = '' } = request;
      asked.push(`${method} ${url}`);
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        response.statusCode = answer ?? 200;
        if (method === 'GET') {
          const page = Number(new URL(url, 'http://x').searchParams.get('page'));
          response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
          return;
        }
        const { body }: { body: string } = JSON.parse(text);
        const id = Number(/comments\/(\d+)$/.exec(url)?.[1] ?? comments.length + 1);
        comments = [...comments.filter((comment) => comment.id !== id), { id, body }];
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    env = {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: 'someone/shop',
      GITHUB_TOKEN: 'secret-token',
      GITHUB_EVENT_PATH: path.join(folder, 'event.json'),
    };
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    comments = [];
    asked = [];
    answer = null;
  });

  test('is made once, and renewed by the next run, however many others there are', async () => {
    comments = Array.from({ length: 150 }, (_, index) => ({ id: index + 1, body: 'something else' }));
    expect(await node('ci/comment.mjs', [report], env)).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toBe('POST /repos/someone/shop/issues/7/comments');
    expect(await node('ci/comment.mjs', [report], env)).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toBe('PATCH /repos/someone/shop/issues/comments/151');
    expect(comments).toHaveLength(151);
    expect(comments.at(-1)?.body).toContain('Insights comparison: flask');
  });

  test('of a pull request from a fork is left to the summary', async () => {
    answer = 403;
    const { code, output } = await node('ci/comment.mjs', [report], env);
    expect(code).toBe(0);
    expect(output).toMatch(/from a fork.*stands in the summary/);
    expect(output).not.toContain('secret-token');
  });

  test('is left out where there is no pull request or no token', async () => {
    const { GITHUB_EVENT_PATH: _, ...withoutEvent } = env;
    expect((await node('ci/comment.mjs', [report], withoutEvent)).output).toMatch(/no pull request/);
    expect((await node('ci/comment.mjs', [report], { ...env, GITHUB_TOKEN: '' })).output).toMatch(/no token/);
    expect(asked).toEqual([]);
  });

  test('fails for what is no report, and for a GitHub that is ill', async () => {
    const other = path.join(folder, 'other.md');
    await writeFile(other, '# Something else');
    expect((await node('ci/comment.mjs', [other], env)).code).toBe(1);
    answer = 502;
    expect(await node('ci/comment.mjs', [report], env)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/502/),
    });
  });
});

describe('the check', () => {
  test('exits as the run does, and says in GITHUB_OUTPUT that there is no report', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ic-check-'));
    const output = path.join(folder, 'output');
    const ended = await node('ci/check.mjs', [], {
      IC_FOLDER: folder,
      GITHUB_OUTPUT: output,
    });
    expect(ended.code).toBe(2);
    expect(ended.output).toMatch(/No Django or Flask app was found/);
    expect(await readFile(output, 'utf8')).toContain('reports<<END_OF_VALUES\n\nEND_OF_VALUES');
    await rm(folder, { recursive: true, force: true });
  });
});

describe('the check of a real app', () => {
  test('passes a budget that it keeps, and says where the report is', { timeout: 180_000 }, async () => {
    const project = await copyTinyProject();
    const output = path.join(project.cache, 'output');
    await mkdir(project.cache, { recursive: true });
    const ended = await node('ci/check.mjs', [], {
      HOME: project.cache,
      INSIGHTS_COMPARISON_PYTHON: testPython(),
      IC_FOLDER: project.folder,
      IC_SCENARIO: 'short',
      IC_BUDGETS: '\n  error_rate 100%\n',
      IC_ARGUMENTS: '--no-capacity --seed 7',
      GITHUB_OUTPUT: output,
    });
    expect(ended.output).toMatch(/error_rate/);
    expect(ended.code).toBe(0);
    const [report = ''] = /reports<<END_OF_VALUES\n(.*)\n/.exec(await readFile(output, 'utf8'))?.slice(1) ?? [];
    expect(await readFile(report, 'utf8')).toMatch(/^<!-- insights-comparison: tiny short -->/);
    await project.remove();
  });
});

describe('docs/cli.md', () => {
  test('is up to date: npm run build, then node scripts/cliDocs.mjs', async () => {
    const { cliDocsFile, cliDocsText } = await import('../scripts/cliDocs.mjs');
    expect(await readFile(cliDocsFile, 'utf8')).toBe(cliDocsText());
  });
});
