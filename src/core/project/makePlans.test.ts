import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runRequestSchema, type RunRequest } from '../../shared/runRequest';
import { makePlans } from './makePlans';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-plan-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

async function planOf(change: Partial<RunRequest> = {}): ReturnType<typeof makePlans> {
  return makePlans(runRequestSchema.parse({ folder, seed: 1, ...change }), { PATH: process.env['PATH'] });
}

async function addVariant(text: string): Promise<void> {
  const file = path.join(folder, 'insights-comparison.jsonc');
  const before = await readFile(file, 'utf8');
  await writeFile(file, before.replace('"with_insights": ["with.env"],', `"with_insights": ["with.env"], ${text},`));
}

async function copyTiny(): Promise<void> {
  await cp(path.resolve('test/fixtures/tiny'), folder, { recursive: true });
}

describe('plans', () => {
  test('take variants, scenario and behaviour from the project file', async () => {
    await copyTiny();
    const [planned] = await planOf({ scenario: 'short' });
    expect(planned?.plan).toMatchObject({
      target: { name: 'tiny', port: 0, framework: 'flask' },
      variants: [
        { name: 'without_insights', insightsEnabled: false, environment: { SECRET_KEY: 'ab' } },
        { name: 'with_insights', insightsEnabled: true },
      ].map(
        (variant) =>
          expect.objectContaining({ name: variant.name, insightsEnabled: variant.insightsEnabled }) as unknown,
      ),
      scenario: { name: 'short', behaviourName: 'visitor', load: { type: 'users', users: 4 } },
      blocks: 1,
      trialSeconds: 5,
      seed: 1,
    });
  });

  test('begin with at least six blocks where --until adds the rest, and say so', async () => {
    await copyTiny();
    const [planned] = await planOf({ scenario: 'short', until: 0.05, blocks: 4 });
    expect(planned?.plan).toMatchObject({ blocks: 6, until: { halfWidth: 0.05, firstBlocks: 6 }, trialSeconds: 5 });
    expect(planned?.plan.scenario.durationSeconds).toBe(30);
    expect(planned?.notes.map(({ message }) => message)).toContain(
      '--until measures 6 blocks first instead of 4: fewer say too little of the spread',
    );
    const [more] = await planOf({ scenario: 'short', until: 0.05, blocks: 9 });
    expect(more?.plan.until).toEqual({ halfWidth: 0.05, firstBlocks: 9 });
    expect((await planOf({ scenario: 'short' }))[0]?.plan.until).toBeUndefined();
  });

  test('tell of a Locust file where nobody has said what users do', async () => {
    await copyTiny();
    const codes = async (change: Partial<RunRequest>): Promise<(string | undefined)[]> =>
      (await planOf(change)).flatMap(({ notes }) => notes.map(({ code }) => code));
    expect(await codes({ scenario: 'quick' })).not.toContain('locust_file_found');
    await writeFile(path.join(folder, 'locustfile.py'), '');
    const [planned] = await planOf({ scenario: 'quick' });
    expect(planned?.notes).toContainEqual({
      code: 'locust_file_found',
      message: 'There is a Locust file (locustfile.py); the load is not what its users do',
      advice:
        'To have them make it: --locustfile locustfile.py on the command line; in the editor they stand in the question of what to run.',
    });
    // The scenario names its behaviour.
    expect(await codes({ scenario: 'short' })).not.toContain('locust_file_found');
    const own = { engine: 'locust' as const, locustFile: path.join(folder, 'locustfile.py') };
    expect(await codes({ scenario: 'quick', ...own })).not.toContain('locust_file_found');
  });

  test('layer --variant files and --env values over the target’s own, the last wins', async () => {
    await copyTiny();
    await writeFile(path.join(folder, 'more.env'), 'SECRET_KEY=other\nEXTRA=file\n');
    const [planned] = await planOf({
      scenario: 'short',
      variantFiles: [
        { name: 'a', envFile: null },
        { name: 'b', envFile: path.join(folder, 'with.env') },
        { name: 'b', envFile: path.join(folder, 'more.env') },
      ],
      environment: [{ variant: 'b', key: 'EXTRA', value: '' }],
    });
    expect(planned?.plan.variants.map(({ environment }) => environment)).toEqual([
      {},
      {
        HONEYBADGER_INSIGHTS_ENABLED: 'true',
        HONEYBADGER_API_KEY: 'hbp_not_a_real_key',
        SECRET_KEY: 'other',
        EXTRA: '',
      },
    ]);
  });

  test('without a project file: the app is found, Insights is switched by the process environment, its own routes are to be asked for, in a copy', async () => {
    await mkdir(path.join(folder, 'web'));
    await writeFile(path.join(folder, 'web', 'app.py'), 'from flask import Flask\napp = Flask(__name__)\n');
    const [planned] = await planOf();
    expect(planned?.origins.target).toBe('detected');
    expect(planned?.plan).toMatchObject({
      target: { name: 'web', framework: 'flask', cwd: path.join(folder, 'web'), projectFolder: folder },
      variants: [
        { environment: { HONEYBADGER_INSIGHTS_ENABLED: 'false' } },
        { environment: { HONEYBADGER_INSIGHTS_ENABLED: 'true' } },
      ],
      scenario: { name: 'light_load', behaviourName: "the app's own routes" },
      isBehaviourOpen: true,
      blocks: 6,
      trialSeconds: 20,
    });
    expect(planned?.plan.target.command.join(' ')).toContain('--no-reload');
  });

  test.each([
    ['medium_load', 15, 50],
    ['heavy_load', 15, 100],
    ['burst_load', 9, 200],
  ])('%s has its full size: %d blocks of %d users', async (scenario, blocks, users) => {
    await copyTiny();
    const [planned] = await planOf({ scenario });
    expect(planned?.plan).toMatchObject({
      blocks,
      trialSeconds: 20,
      scenario: { behaviourName: 'WebAppUser', load: { users } },
    });
  });

  test('quick is a rate of 40/s that may be lowered, three trials of 10 s', async () => {
    await copyTiny();
    const [planned] = await planOf({ scenario: 'quick' });
    expect(planned?.plan).toMatchObject({
      blocks: 3,
      trialSeconds: 10,
      scenario: { isRateAdaptive: true, load: { type: 'rate', ratePerSecond: 40 } },
      capacity: { durationSeconds: 5 },
    });
  });

  test('aa compares the baseline with itself', async () => {
    await copyTiny();
    const [planned] = await planOf({ scenario: 'short', purpose: 'aa' });
    const [first, second] = planned?.plan.variants ?? [];
    expect(second?.environment).toEqual(first?.environment);
    expect(second?.name).toBe('without_insights_again');
  });

  test('each outage is a variant of its own beside the healthy one, with the same values but those given to it alone', async () => {
    await copyTiny();
    const [planned] = await planOf({
      scenario: 'short',
      outages: ['429', 'hang', '429'],
      environment: [
        { variant: 'with_insights', key: 'A', value: '1' },
        { variant: 'with_insights_outage_hang', key: 'A', value: '2' },
      ],
    });
    const variants = planned?.plan.variants ?? [];
    expect(variants.map(({ name, outage }) => [name, outage])).toEqual([
      ['without_insights', undefined],
      ['with_insights', undefined],
      ['with_insights_outage_429', '429'],
      ['with_insights_outage_hang', 'hang'],
    ]);
    expect(variants[2]).toEqual({ ...variants[1], name: 'with_insights_outage_429', outage: '429' });
    expect(variants[3]?.environment).toEqual({ ...variants[1]?.environment, A: '2' });
    expect(planned?.plan.request.outages).toEqual(['429', 'hang', '429']);
  });

  test('the variant that meets an outage is the last that sends events', async () => {
    await copyTiny();
    await writeFile(
      path.join(folder, 'collect_only.env'),
      'HONEYBADGER_INSIGHTS_ENABLED=1\nHONEYBADGER_EVENTS_SAMPLE_RATE=0\n',
    );
    const [planned] = await planOf({
      scenario: 'short',
      outages: ['slow'],
      variantFiles: ['without', 'with', 'collect_only'].map((name) => ({
        name,
        envFile: path.join(folder, `${name}.env`),
      })),
    });
    expect(planned?.plan.variants.at(-1)?.name).toBe('with_outage_slow');
  });

  test('an outage may stand in the project file, with a name and values of its own', async () => {
    await copyTiny();
    await addVariant('"gone": { "env": ["with.env"], "outage": "refuse", "set": { "A": "1" } }');
    const [planned] = await planOf({ scenario: 'short' });
    expect(planned?.plan.variants.at(-1)).toMatchObject({ name: 'gone', outage: 'refuse', environment: { A: '1' } });
  });

  test.each([
    [
      '"ill": { "env": ["without.env"], "outage": "hang" }',
      ['without_insights', 'ill'],
      /ill has the outage hang but sends no/,
    ],
    ['"ill": { "env": ["with.env"], "outage": "hang" }', ['ill', 'without_insights'], /The baseline ill has an outage/],
  ])('%s in the project file is refused', async (variant, variantNames, message) => {
    await copyTiny();
    await addVariant(variant);
    await expect(planOf({ scenario: 'short', variantNames })).rejects.toThrow(message);
  });

  test('capacity left out takes its metrics out of the headline', async () => {
    await copyTiny();
    const [planned] = await planOf({ scenario: 'short', hasCapacity: false });
    expect(planned?.plan.capacity).toBeNull();
    expect(planned?.plan.headline).toEqual(['cpu_ms_per_request', 'latency_mean_ms']);
  });

  test.each([
    [{ users: 5, ratePerSecond: 3 }, /contradict/],
    [{ variantNames: ['with_insight'] }, /has no variant with_insight/],
    [{ variantFiles: [{ name: 'only', envFile: null }] }, /only the variant only/],
    [{ environment: [{ variant: 'nobody', key: 'A', value: '1' }] }, /names the variant nobody/],
    [{ budgets: ['cpu +5%'] }, /names no metric/],
    [
      {
        outages: ['hang'],
        environment: [{ variant: 'with_insights', key: 'HONEYBADGER_INSIGHTS_ENABLED', value: '0' }],
      },
      /needs a variant that sends events, and Insights is on in none/,
    ],
    [{ folder: '/no/such/folder' }, /There is no folder/],
    [{ adHoc: { command: 'x', url: 'http://192.168.1.5:80' } }, /on this machine/],
  ] satisfies [Partial<RunRequest>, RegExp][])('%j is refused', async (change, message) => {
    await copyTiny();
    await expect(planOf({ scenario: 'short', ...change })).rejects.toThrow(message);
  });

  test('an empty folder is told what to do', async () => {
    await expect(planOf()).rejects.toThrow(/No Django or Flask app was found/);
  });
});
