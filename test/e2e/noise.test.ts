import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import { copyTinyProject, processesOf, runCommandLine, type TestProject } from './commandLine';

type Finished = Awaited<ReturnType<typeof runCommandLine>>;

const short = ['.', 'short', '--blocks', '3', '--no-capacity', '--seed', '5', '--quiet'];
let project: TestProject;
let check: Finished;
let comparison: Finished;
let record: ComparisonRecord;

describe('the baseline against itself, and a comparison after it', () => {
  beforeAll(async () => {
    project = await copyTinyProject();
    check = await runCommandLine(project, ['aa', ...short]);
    comparison = await runCommandLine(project, ['run', ...short, '--json']);
    record = recordSchema.parse(JSON.parse(comparison.stdout));
  }, 300_000);
  afterAll(async () => project.remove());

  test('aa says whether anything was claimed, and what this machine can resolve in the time of each scenario', () => {
    expect(check.code).toBe(0);
    const said = check.stdout.replaceAll('\n', ' ');
    expect(said).toMatch(
      /The baseline against itself: (no difference found, so nothing was wrongly claimed|wrongly found)/,
    );
    expect(check.stdout).toContain('What this machine can resolve in the time of each scenario');
    for (const scenario of ['quick', 'light_load', 'medium_load', 'heavy_load', 'burst_load', 'short'])
      expect(check.stdout).toMatch(new RegExp(`^${scenario} +\\d+ (s|min) +±[\\d.,]+ % +±[\\d.,]+ %$`, 'm'));
  });

  test('it is kept beside the runs, for this target and this machine', async () => {
    const file = path.join(project.folder, '.insights-comparison', 'noise', 'tiny.json');
    const { runs } = JSON.parse(await readFile(file, 'utf8')) as { runs: ComparisonRecord['noise'][] };
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ scenario: 'short', blocks: 3, machine: { host: record.machine.host } });
    expect(Object.keys(runs[0]?.metrics ?? {})).toEqual(['cpu_ms_per_request', 'latency_mean_ms']);
  });

  test('the comparison carries it and shows it, without any doubt that it belongs here', async () => {
    expect(comparison.code).toBe(0);
    expect(record.noise).toMatchObject({ runs: 1, isSameMachine: true, scenario: 'short', trialSeconds: 5 });
    expect(record.noise?.metrics['cpu_ms_per_request']?.sdPercent).toBeGreaterThan(0);
    const report = await readFile(
      path.join(project.folder, '.insights-comparison', 'runs', record.id, 'report.md'),
      'utf8',
    );
    expect(report).toMatch(
      /This machine's noise floor: CPU per request ±[\d.,]+ %, mean latency ±[\d.,]+ % at 3 blocks/,
    );
    expect(report).not.toContain('rough hint');
  });

  test('nothing of the runs is left behind', async () => {
    expect(await processesOf(project)).toEqual([]);
  });
});
