import { spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { copyTinyProject, runCommandLine, startCommand, until, type TestProject } from './commandLine';

let project: TestProject;
afterEach(async () => project.remove());

interface Sample {
  readonly machine: { readonly cpuCores: number; readonly memoryBytes: number };
  readonly subjects: readonly {
    readonly name: string;
    readonly status: string;
    readonly usage: { readonly cpuCores: number } | null;
  }[];
}

test('monitor shows what a process uses, for as long as it lives', async () => {
  project = await copyTinyProject();
  // Half of a core by its own clock, until it is told to end.
  const code =
    'const end = Date.now() + 60000; const turn = () => { const until = performance.now() + 50; while (performance.now() < until); if (Date.now() < end) setTimeout(turn, 50); }; turn();';
  const busy = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  const running = startCommand(project, [
    'monitor',
    '--pid',
    String(busy.pid),
    '--interval',
    '500ms',
    '--format',
    'json',
  ]);
  const samples = (): Sample[] =>
    running
      .stdout()
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Sample);
  await until('four samples', 30, () => Promise.resolve(samples().length >= 4));
  busy.kill();
  // It ends by itself: there is nothing left to watch.
  expect(await running.exited).toBe(0);
  const usage = samples().flatMap(({ subjects }) => subjects[0]?.usage ?? []);
  expect(usage.some(({ cpuCores }) => cpuCores > 0.1)).toBe(true);
  expect(samples().at(-1)?.subjects[0]).toMatchObject({ name: `pid ${busy.pid}`, status: 'gone', usage: null });
  expect(samples()[0]?.machine.memoryBytes).toBeGreaterThan(1e6);
});

test('monitor of a port waits for who listens there, as a table and as CSV', async () => {
  project = await copyTinyProject();
  const words = ['monitor', '--port', '1', '--interval', '200ms', '--duration', '1s'];
  const table = await runCommandLine(project, words);
  expect(table).toMatchObject({ code: 0 });
  expect(table.stdout).toMatch(/^Watching the machine, port 1; Ctrl-C ends it\.\ntime\s+what\s+CPU %/);
  expect(table.stdout).toMatch(/\d\d:\d\d:\d\d\s+port 1\s+gone/);
  const csv = await runCommandLine(project, [...words, '--format', 'csv']);
  const [header = '', first = ''] = csv.stdout.split('\n');
  expect(header.split(',').length).toBe(first.split(',').length);
  expect(first).toMatch(/^\d+,machine,,running,/);
});

test('a process that is not there is refused', async () => {
  project = await copyTinyProject();
  const refused = await runCommandLine(project, ['monitor', '--pid', '999999999']);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no process 999999999') as unknown,
  });
});
