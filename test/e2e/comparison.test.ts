import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createInstructionCounter } from '../../src/core/sample/instructionCounter';
import { metrics } from '../../src/shared/metrics';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import { copyTinyProject, processesOf, runCommandLine, testPython, type TestProject } from './commandLine';

/** Whether this machine shows its CPU's counters to this user. */
const isCounting = await countsInstructions();
let project: TestProject;
let result: Awaited<ReturnType<typeof runCommandLine>>;
let record: ComparisonRecord;

describe('a whole comparison from the command line', () => {
  beforeAll(async () => {
    project = await copyTinyProject();
    result = await runCommandLine(project, [
      'run',
      '.',
      'short',
      '--blocks',
      '3',
      '--seed',
      '11',
      '--json',
      '--quiet',
      '--report',
      'md,html,csv,json',
    ]);
    record = recordSchema.parse(JSON.parse(result.stdout));
  }, 240_000);
  afterAll(async () => project.remove());

  test('exits 0 with the record alone on stdout, complete and saved', async () => {
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    expect(record.status).toBe('complete');
    const saved: unknown = JSON.parse(await readFile(path.join(runFolder(), 'comparison.insights.json'), 'utf8'));
    expect(saved).toEqual(record);
  });

  test('verification is ok in every trial of both variants, and events came from the candidate alone', () => {
    const all = [...record.trials, ...record.capacity];
    // On a busy machine some blocks are there twice.
    expect(all.filter(({ attempt }) => attempt === undefined)).toHaveLength(12);
    expect(all.map(({ verification }) => verification.ok)).toEqual(all.map(() => true));
    for (const { variant, verification } of all) {
      const events = verification.eventsByType['flask.request'] ?? 0;
      if (variant === 'with_insights') expect(events).toBeGreaterThanOrEqual(verification.expected ?? Infinity);
      else expect(events).toBe(0);
    }
  });

  test('expected 500s are no failures, and the notices they send do not make the baseline invalid', () => {
    expect(record.trials.reduce((sum, { failures }) => sum + failures, 0)).toBe(0);
    const baseline = record.trials.filter(({ variant }) => variant === 'without_insights');
    expect(baseline.every(({ verification }) => verification.notices > 0)).toBe(true);
  });

  // The closed loop leaves out the endpoint that answers 500, so marginal and standing cost are not told apart here.
  const shown = metrics
    .filter(({ source, name }) => source !== 'both' && (isCounting || !name.includes('instructions')))
    .map(({ name }) => name);

  test('effects hold every metric of the registry, with a level that follows the number of headline metrics', () => {
    const total = record.effects.filter(({ scope }) => scope.kind === 'total');
    expect(new Set(total.map(({ metric }) => metric))).toEqual(new Set(shown));
    const cpu = total.find(({ metric }) => metric === 'cpu_ms_per_request');
    expect(cpu?.ratio?.level).toBeCloseTo(0.9875, 6);
  });

  // A healthy small app on a quiet machine.
  const mayBeZero: readonly string[] = [
    'error_rate',
    'rss_slope_mb_per_1000_requests',
    'disk_write_bytes_per_request',
    'events_dropped',
    'worker_restarts',
    'throughput_cv',
    'steal_cores',
    'system_network_bytes_per_second',
  ];
  const ofInsights: readonly string[] = ['events_per_request', 'event_bytes_per_request', 'events_per_day'];

  test.each(shown.filter((name) => !mayBeZero.includes(name)))('%s is not constantly zero', (name) => {
    const effect = record.effects.find(({ metric, scope }) => metric === name && scope.kind === 'total');
    expect(effect?.candidateMean ?? 0).not.toBe(0);
    if (!ofInsights.includes(name)) expect(effect?.baselineMean ?? 0).not.toBe(0);
  });

  test('the seconds of a trial hold what its process tree and the machine did', async () => {
    const text = await readFile(path.join(runFolder(), 'monitoring.json'), 'utf8');
    const second = z.looseObject({ pssBytes: z.number().nullable(), systemNetworkBytesPerSecond: z.number() });
    const busy = z.object({ cpuCores: z.number().positive(), contextSwitchesPerSecond: z.number().positive() });
    const { trials } = z
      .object({ trials: z.array(z.object({ kind: z.string(), seconds: z.array(second) })) })
      .parse(JSON.parse(text));
    for (const { seconds } of trials.filter(({ kind }) => kind === 'scenario')) {
      expect(seconds.some(({ pssBytes }) => (pssBytes ?? 0) > 1e6)).toBe(true);
      expect(seconds.some((each) => busy.safeParse(each).success)).toBe(true);
    }
  });

  test('the same block gives every variant the same requests', () => {
    for (const block of [0, 1, 2]) {
      const counts = record.trials
        .filter((trial) => trial.block === block)
        .map(({ endpoints }) => Math.round((endpoints['error']?.requests ?? 0) / 10));
      expect(Math.abs((counts[0] ?? 0) - (counts[1] ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  test('secrets stand in no file of the run', async () => {
    for (const file of await filesBelow(runFolder())) expect(await readFile(file, 'utf8')).not.toContain('ab#cd');
  });

  test('the user’s folder holds nothing new but the results', async () => {
    expect((await readdir(project.folder)).sort()).toEqual([
      '.insights-comparison',
      'app.py',
      'insights-comparison.jsonc',
      'with.env',
      'without.env',
    ]);
    expect(await readFile(path.join(project.folder, '.insights-comparison', '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('every report asked for is there, and the record renders again from its file', async () => {
    const files = await readdir(runFolder());
    expect(files).toEqual(
      expect.arrayContaining([
        'report.md',
        'report.html',
        'stats.csv',
        'stats_history.csv',
        'monitoring.json',
        'summary.json',
      ]),
    );
    expect((await readFile(path.join(runFolder(), 'report.md'), 'utf8')).split('\n').length).toBeLessThan(60);
    const again = await runCommandLine(project, [
      'report',
      runFolder(),
      '--format',
      'md',
      '-o',
      path.join(project.folder, 'again'),
    ]);
    expect(again.code).toBe(0);
    expect(await readFile(path.join(project.folder, 'again', 'report.md'), 'utf8')).toBe(
      await readFile(path.join(runFolder(), 'report.md'), 'utf8'),
    );
  });

  test('a report goes to stdout where "-" is named, if it is one text', async () => {
    const printed = await runCommandLine(project, ['report', runFolder(), '-o', '-']);
    expect(printed.code).toBe(0);
    expect(printed.stdout).toBe(await readFile(path.join(runFolder(), 'report.md'), 'utf8'));
    const many = await runCommandLine(project, ['report', runFolder(), '--format', 'csv', '-o', '-']);
    expect(many.code).toBe(2);
    expect(many.stdout).toBe('');
    expect(many.stderr).toContain('-o - prints one report, and csv is not one text');
  });

  test('list shows the run', async () => {
    const listed = await runCommandLine(project, ['list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      id: record.id,
      status: 'complete',
      target: 'tiny',
      scenario: 'short',
    });
  });

  test('nothing of the run is left behind', async () => {
    expect(await processesOf(project)).toEqual([]);
  });
});

function runFolder(): string {
  return path.join(project.folder, '.insights-comparison', 'runs', record.id);
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.map((name) => path.join(folder, name));
  const isFile = await Promise.all(files.map(async (file) => (await stat(file)).isFile()));
  return files.filter((_, index) => isFile[index]);
}

async function countsInstructions(): Promise<boolean> {
  const counter = await createInstructionCounter({ pythonPath: testPython(), environment: {} });
  if (typeof counter === 'string') return false;
  await counter.close();
  return true;
}
