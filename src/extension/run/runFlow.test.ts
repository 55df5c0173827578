import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitIn } from '../../../test/fixtures/gitIn';
import type { RunRequest } from '../../shared/runRequest';
import { findApps, type SearchedFolder } from './findApps';
import type { PickAnswer, PickContent, Picker, PickRow } from './pick';
import { runFlow } from './runFlow';
import type { RunFlowAnswer, RunFlowDeps, RunFlowOptions } from './runSession';
import { createTestProject, flaskApp, type TestProject } from './testProject';

/** What a user does at a question: Enter, the row with this label, `<` for back, Escape, or rows to check. */
type Act = 'enter' | 'back' | 'escape' | { readonly row: string } | { readonly check: readonly string[] };

interface Asked {
  readonly title: string;
  readonly hasBack: boolean;
  readonly step: PickContent<unknown>['step'];
  /** Label and description of all rows that were shown last. */
  readonly rows: readonly string[];
  readonly active: string | null;
}

function fakePicker(acts: readonly Act[], asked: Asked[]): Picker {
  const left = [...acts];
  const next = (): Act => left.shift() ?? 'escape';
  const words = ({ label, description }: PickRow<unknown>): string =>
    description === undefined ? label : `${label} — ${description}`;
  const named = <T>(rows: readonly PickRow<T>[], label: string): PickRow<T> => {
    const row = rows.find((candidate) => candidate.label === label);
    if (!row) throw new Error(`There is no row ${label} in ${rows.map(words).join(' | ')}`);
    return row;
  };
  return {
    async pickOne<T>(question: Parameters<Picker['pickOne']>[0] & { load: unknown }): Promise<PickAnswer<T>> {
      const contents: PickContent<T>[] = [];
      const load = question.load as (
        show: (content: PickContent<T>) => void,
        signal: AbortSignal,
      ) => Promise<PickAnswer<T> | undefined>;
      const answered = await load((content) => contents.push(content), new AbortController().signal);
      if (answered) return answered;
      const content = contents.at(-1);
      if (!content) throw new Error('Nothing was shown');
      const rows = content.items.filter((item) => item.type === 'row');
      const active = rows.find(({ key }) => key === content.active);
      asked.push({
        title: question.title,
        hasBack: question.hasBack,
        step: content.step,
        rows: rows.map(words),
        active: active?.label ?? null,
      });
      const act = next();
      if (act === 'escape') return { type: 'cancelled' };
      if (act === 'back') return { type: 'back' };
      if (act === 'enter' && active) return { type: 'picked', value: active.value };
      if (typeof act === 'object' && 'row' in act) return { type: 'picked', value: named(rows, act.row).value };
      throw new Error(`Cannot ${JSON.stringify(act)} here`);
    },
    async pickMany(question) {
      const { rows, checked } = await question.load(new AbortController().signal);
      const first = rows.filter(({ key }) => checked.includes(key)).map(({ label }) => label);
      asked.push({ title: question.title, hasBack: true, step: null, rows: rows.map(words), active: first.join(', ') });
      const act = next();
      if (act === 'escape') return { type: 'cancelled' };
      if (act === 'back') return { type: 'back' };
      if (typeof act !== 'object' || !('check' in act)) throw new Error(`Cannot ${JSON.stringify(act)} here`);
      return { type: 'picked', value: act.check.map((label) => named(rows, label).value) };
    },
  };
}

interface Flow {
  readonly answer: RunFlowAnswer;
  readonly asked: readonly Asked[];
  readonly request: RunRequest;
}

let project: TestProject;
let kept: unknown;
let python: RunRequest['python'];
beforeEach(async () => {
  project = await createTestProject('tiny');
  kept = undefined;
  python = undefined;
});
afterEach(async () => project.remove());

async function flow(
  acts: readonly Act[],
  options: Partial<RunFlowOptions> & {
    readonly folders?: readonly SearchedFolder[];
    readonly activeFile?: string;
  } = {},
): Promise<Flow> {
  const asked: Asked[] = [];
  const deps: RunFlowDeps = {
    picker: fakePicker(acts, asked),
    findApps: () => findApps(options.folders ?? [project.searched()]),
    choosePython: () => Promise.resolve(python),
    environment: { PATH: process.env['PATH'] },
    memory: {
      read: () => kept,
      write: (choices) => {
        kept = JSON.parse(JSON.stringify(choices)) as unknown;
        return Promise.resolve();
      },
    },
    activeFile: options.activeFile ?? null,
  };
  const answer = await runFlow(deps, { purpose: options.purpose ?? 'comparison', preset: options.preset ?? {} });
  return {
    answer,
    asked,
    get request() {
      if (typeof answer === 'string') throw new Error(`No request but ${answer}`);
      return answer;
    },
  };
}

describe('the run flow', () => {
  test('with one app asks one question, whose last row is what Enter does', async () => {
    const { request, asked } = await flow(['enter']);
    expect(asked).toHaveLength(1);
    const [run] = asked;
    expect(run).toMatchObject({ title: 'Run Insights comparison', hasBack: false, step: null });
    expect(run?.rows).toEqual([
      'without.env — baseline · HONEYBADGER_INSIGHTS_ENABLED=false · 3 variables, 2 hidden',
      'with.env — HONEYBADGER_INSIGHTS_ENABLED=true · 3 variables, 2 hidden',
      'light_load — 10 users · 6 blocks · about 10 min',
      'medium_load — 50 users · 15 blocks · about 27 min',
      'heavy_load — 100 users · 15 blocks · about 27 min',
      'burst_load — 200 users · 9 blocks · about 15 min',
      'short — 4 users · 1 block · about 50 s',
      'Run: tiny (Flask 3.1) · .venv (3.12) · quick · 3 blocks · about 3 min',
    ]);
    expect(run?.active).toBe(run?.rows.at(-1));
    expect(request).toMatchObject({
      folder: project.folder,
      targets: ['tiny'],
      scenario: 'quick',
      purpose: 'comparison',
    });
  });

  test('shows two codes in place of environments when a commit is the baseline', async () => {
    const git = gitIn(project.folder);
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '.');
    git('commit', '--quiet', '-m', 'before');
    await project.write('more.py', '');
    const { request, asked } = await flow(['enter'], { preset: { base: 'main' } });
    expect(asked[0]?.rows[0]).toMatch(/^main — baseline · [0-9a-f]{10}$/);
    expect(asked[0]?.rows[1]).toMatch(/^work_tree — [0-9a-f]{10} and what has changed since$/);
    expect(request).toMatchObject({ base: 'main', scenario: 'quick', variantNames: [], variantFiles: [] });
    // What was chosen for the code says nothing of the environments that are compared the next time.
    expect((await flow(['enter'])).request.base).toBeUndefined();
  });

  test('runs another scenario by its row, and proposes it the next time', async () => {
    expect((await flow([{ row: 'short' }])).request.scenario).toBe('short');
    const again = await flow(['enter']);
    expect(again.request.scenario).toBe('short');
    expect(again.asked[0]?.active).toContain('· short · 1 block ·');
  });

  test('offers the users of a Locust file, all of them or one class, and asks for our own again the next time', async () => {
    const file = await project.write(
      'locustfile.py',
      'from locust import HttpUser\nclass Reader(HttpUser):\n    pass\nclass Buyer(HttpUser):\n    pass\n',
    );
    const { request, asked } = await flow([{ row: 'Buyer' }]);
    expect(asked[0]?.rows.slice(-4)).toEqual([
      'All users of locustfile.py — quick · Reader · Buyer',
      'Reader — quick',
      'Buyer — quick',
      expect.stringMatching(/^Run: tiny/),
    ]);
    expect(request).toMatchObject({ engine: 'locust', locustFile: file, userClasses: ['Buyer'], scenario: 'quick' });
    const all = await flow([{ row: 'All users of locustfile.py' }]);
    expect(all.request).toMatchObject({ engine: 'locust', locustFile: file, userClasses: [] });
    expect((await flow(['enter'])).request.engine).toBeUndefined();
    expect((await flow(['enter'], { purpose: 'aa' })).asked[0]?.rows).not.toContain('Buyer — quick');
  });

  test('proposes the setting’s scenario before the last one, and names the setting when there is none such', async () => {
    await flow([{ row: 'short' }]);
    const folders = [project.searched({ scenario: 'medium_load' })];
    expect((await flow(['enter'], { folders })).request.scenario).toBe('medium_load');
    await expect(flow([], { folders: [project.searched({ scenario: 'loud' })] })).rejects.toThrow(
      'insightsComparison.scenario names no scenario of tiny: loud',
    );
  });

  test.each([
    ['an env file that is gone', { type: 'files', name: 'a', files: ['/gone.env'] }],
    ['a variant that is gone', { type: 'project', name: 'gone' }],
    ['a switch that the project has variants for now', { type: 'switch', name: 'with_insights', isOn: true }],
  ])('forgets a choice that is not possible any more: %s', async (_, gone) => {
    const variants = [{ type: 'project', name: 'with_insights' }, gone];
    kept = [{ folder: project.folder, target: 'tiny', scenario: 'gone', variants }];
    const { request } = await flow(['enter']);
    expect(request).toMatchObject({ scenario: 'quick', variantFiles: [], variantNames: [] });
  });

  test('asks for the app first when there are several, counts the steps, and goes back to it', async () => {
    await project.write('more/insights-comparison.jsonc', '{}');
    const second = await createTestProject();
    try {
      await second.write('shop/app.py', flaskApp);
      const folders = [project.searched(), second.searched()];
      const activeFile = path.join(second.folder, 'shop', 'views.py');
      const { request, asked } = await flow(['enter', 'back', { row: 'tiny' }, 'enter'], { folders, activeFile });
      expect(asked.map(({ step, hasBack, active }) => [step?.number, step?.of, hasBack, active?.slice(0, 12)])).toEqual(
        [
          [1, 2, false, 'shop'],
          [2, 2, true, 'Run: shop (F'],
          [1, 2, false, 'shop'],
          [2, 2, true, 'Run: tiny (F'],
        ],
      );
      expect(request).toMatchObject({ folder: project.folder, targets: ['tiny'] });
      expect((await flow([], { folders, activeFile })).asked[0]?.active).toBe('tiny');
    } finally {
      await second.remove();
    }
  });

  test('asks nothing when the caller named the app and the scenario', async () => {
    const preset = { folder: project.folder, target: 'tiny', scenario: 'short' };
    const { request, asked } = await flow([], { preset });
    expect(asked).toEqual([]);
    expect(request).toMatchObject({ targets: ['tiny'], scenario: 'short' });
    await expect(flow([], { preset: { ...preset, target: 'gone' } })).rejects.toThrow('There is no app gone any more');
  });

  test('lets other environments be chosen, the first of them the baseline, and remembers them without a value', async () => {
    await project.write('.env.tiny.sampled', 'HONEYBADGER_EVENTS_SAMPLE_RATE=50\nAPI_KEY=sesame\n');
    const choose = [{ row: 'with.env' }, { check: ['.env.tiny.sampled', 'without.env'] }, 'enter'] as const;
    const { request, asked } = await flow(choose);
    expect(asked[1]).toMatchObject({ title: 'tiny: environments to compare', active: 'without.env, with.env' });
    expect(asked[2]?.rows.slice(0, 2)).toEqual([
      '.env.tiny.sampled — baseline · HONEYBADGER_EVENTS_SAMPLE_RATE=50 · 2 variables, 1 hidden',
      'without.env — HONEYBADGER_INSIGHTS_ENABLED=false · 3 variables, 2 hidden',
    ]);
    expect(request.variantFiles).toEqual([
      { name: 'sampled', envFile: path.join(project.folder, '.env.tiny.sampled') },
      { name: 'without_insights', envFile: path.join(project.folder, 'without.env') },
    ]);
    expect(JSON.stringify(kept)).not.toContain('sesame');
    expect((await flow(['enter'])).request.variantFiles).toEqual(request.variantFiles);
  });

  test('goes back from the environments without a change, and is cancelled by Escape anywhere', async () => {
    const { request } = await flow([{ row: 'with.env' }, 'back', 'enter']);
    expect(request).toMatchObject({ variantFiles: [], variantNames: [] });
    kept = undefined;
    expect((await flow(['escape'])).answer).toBe('cancelled');
    expect((await flow([{ row: 'with.env' }, 'escape'])).answer).toBe('cancelled');
    expect(kept).toBeUndefined();
  });

  test('checks the machine with the baseline alone and quick, and does not remember that', async () => {
    await flow([{ row: 'short' }]);
    const before = kept;
    const { request, asked } = await flow(['enter'], { purpose: 'aa' });
    expect(asked[0]?.active).toMatch(/^Check this machine: tiny \(Flask 3\.1\) · .* · quick · 3 blocks/);
    expect(asked[0]?.rows.filter((row) => row.includes('HONEYBADGER_'))).toHaveLength(1);
    expect(request).toMatchObject({ purpose: 'aa', scenario: 'quick' });
    expect(kept).toEqual(before);
  });

  test('carries the interpreter that was chosen', async () => {
    python = { path: 'python3', origin: 'Python extension' };
    const { request, asked } = await flow(['enter']);
    expect(request.python).toEqual(python);
    expect(asked[0]?.active).toMatch(/^Run: tiny \(Flask\) · Python extension · quick/);
  });

  test('says that no file makes the environments where the project has none', async () => {
    const bare = await createTestProject();
    try {
      await bare.write('app.py', flaskApp);
      const { request, asked } = await flow(['enter'], { folders: [bare.searched()] });
      expect(asked[0]?.rows.slice(0, 2)).toEqual([
        'without_insights — baseline · HONEYBADGER_INSIGHTS_ENABLED=false · 1 variable · by the process environment, no file',
        'with_insights — HONEYBADGER_INSIGHTS_ENABLED=true · 1 variable · by the process environment, no file',
      ]);
      expect(request).toMatchObject({ variantFiles: [], variantNames: [], targets: ['flask'] });
    } finally {
      await bare.remove();
    }
  });

  test('without any app says so; what has to be mended is thrown', async () => {
    const bare = await createTestProject();
    try {
      expect((await flow([], { folders: [bare.searched()] })).answer).toBe('no-app');
      expect((await flow([], { folders: [] })).answer).toBe('no-app');
      await bare.write('insights-comparison.jsonc', '{ "targets": ');
      await expect(flow([], { folders: [bare.searched()] })).rejects.toThrow(/insights-comparison\.jsonc:1:/);
      await project.write('with.env', 'not a line\n');
      await expect(flow(['enter'])).rejects.toThrow('with.env:1: neither KEY=VALUE nor a comment');
    } finally {
      await bare.remove();
    }
  });

  test('a scenario that cannot be planned says why, and only its row does', async () => {
    await project.write(
      'insights-comparison.jsonc',
      '{ "targets": { "tiny": { "command": ["x"] } }, "scenarios": { "lost": { "users": 1, "spawnRatePerSecond": 1, "durationSeconds": 5, "behaviour": "nobody" } } }',
    );
    expect((await flow(['enter'])).asked[0]?.rows).toContainEqual(
      expect.stringMatching(/^lost — There is no behaviour nobody/),
    );
    await expect(flow([{ row: 'lost' }])).rejects.toThrow('There is no behaviour nobody');
  });
});
