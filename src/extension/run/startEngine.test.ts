import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../shared/events';
import { runRequestSchema } from '../../shared/runRequest';
import { engineEnvironment } from './engineEnvironment';
import { startEngine, type Engine, type EngineLimits } from './startEngine';

/** Stands in for the engine: a real process that speaks as its first word says. */
const fakeEngine = `
const emit = (event) => process.stdout.write(JSON.stringify({ atMs: 1, ...event }) + '\\n');
const finished = (exitCode) => ({ type: 'run-finished', exitCode });
const log = (line) => ({ type: 'log', source: 'app', line });
const never = () => setInterval(() => undefined, 1000);
const modes = {
  good(request) { emit(log(request.folder)); emit(finished(0)); },
  crash() { process.stderr.write('first\\nModuleNotFoundError: no luck\\n'); emit(log('last words')); setTimeout(() => process.exit(3), 20); },
  killed() { emit(log('alive')); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20); },
  garbage() {
    process.stdout.write('Traceback: oh no\\n\\n[1]\\n');
    emit({ type: 'novelty' });
    emit({ type: 'constructor' });
    const line = JSON.stringify({ atMs: 1, ...log('a\\u2028b\\r c') }) + '\\n';
    process.stdout.write(line.slice(0, 20));
    setTimeout(() => { process.stdout.write(line.slice(20)); emit(finished(0)); }, 20);
  },
  twice() { emit(finished(0)); emit(finished(1)); emit(log('too late')); },
  unended() { process.stdout.write(JSON.stringify({ atMs: 1, ...finished(5) })); setTimeout(() => process.exit(5), 20); },
  polite() { emit(log('ready')); never(); },
  stubborn() { emit(log('ready')); for (const name of ['SIGTERM', 'SIGINT']) process.on(name, () => undefined); never(); },
  lingering() { emit(finished(0)); never(); },
  burst() { for (let i = 0; i < 30000; i += 1) emit(log('line ' + i)); emit(finished(0)); },
  environment() { emit(log(JSON.stringify(process.env))); emit(finished(0)); },
};
const [mode] = process.argv.slice(2);
let request = null;
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  if (request === null) { request = JSON.parse(line); modes[mode](request); return; }
  if (mode !== 'polite') return;
  const { type } = JSON.parse(line);
  emit(log(type));
  if (type === 'force') { emit(finished(130)); process.exitCode = 130; setTimeout(() => process.exit(), 20); }
}).on('close', () => {
  if (mode !== 'polite') return;
  emit(log('closed')); emit(finished(130)); setTimeout(() => process.exit(130), 20);
});
`;

let folder: string;
const engines: Engine[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-engine-'));
  await writeFile(path.join(folder, 'engine.cjs'), fakeEngine);
});
afterEach(() => {
  for (const { pid } of engines.splice(0)) if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Observed {
  readonly engine: Engine;
  readonly batches: (readonly RunEvent[])[];
  readonly stray: string[];
  readonly events: () => readonly RunEvent[];
  /** Resolves when a line of the app's log was handed on. */
  readonly said: (line: string) => Promise<void>;
}

function observe(
  mode: string,
  change: { limits?: Partial<EngineLimits>; program?: string; environment?: NodeJS.ProcessEnv; name?: string } = {},
): Observed {
  const batches: (readonly RunEvent[])[] = [];
  const stray: string[] = [];
  const waiting = new Map<string, () => void>();
  const engine = startEngine({
    program: change.program ?? process.execPath,
    args: [path.join(folder, 'engine.cjs'), mode],
    cwd: folder,
    environment: change.environment ?? process.env,
    request: runRequestSchema.parse({ folder: change.name ?? '/the/app' }),
    onStrayLine: (line) => stray.push(line),
    onEvents: (events) => {
      batches.push(events);
      for (const event of events) if (event.type === 'log') waiting.get(event.line)?.();
    },
    limits: { batchMs: 10, ...change.limits },
  });
  engines.push(engine);
  const said = (line: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(line, resolve);
      if (batches.flat().some((event) => event.type === 'log' && event.line === line)) resolve();
    });
  return { engine, batches, stray, events: () => batches.flat(), said };
}

function words(events: readonly RunEvent[]): string[] {
  return events.map((event) => {
    if (event.type === 'log') return event.line;
    return event.type === 'run-finished' ? `finished ${event.exitCode}` : event.type;
  });
}

describe('the engine', () => {
  test('gets the request as one line, tells its events, and its end is awaited', async () => {
    const { engine, events } = observe('good', { name: '/the/app of mine' });
    await engine.ended;
    expect(words(events())).toEqual(['/the/app of mine', 'finished 0']);
    expect(isAlive(engine.pid ?? 0)).toBe(false);
  });

  test('that crashes ends the run with an error that holds its last lines', async () => {
    const { engine, events, stray } = observe('crash');
    await engine.ended;
    expect(words(events())).toEqual(['last words', 'finished 70']);
    expect(events().at(-1)).toMatchObject({
      error: {
        message: 'The engine ended before the run did (exit code 3)',
        hint: 'Its last lines:\nfirst\nModuleNotFoundError: no luck',
      },
    });
    expect(stray).toEqual(['first', 'ModuleNotFoundError: no luck']);
  });

  test('that is killed ends the run, by the signal’s name', async () => {
    const { engine, events } = observe('killed');
    await engine.ended;
    expect(events().at(-1)).toMatchObject({ error: { message: 'The engine ended before the run did (SIGKILL)' } });
  });

  test('that cannot be started ends the run', async () => {
    const { engine, events } = observe('good', { program: '/no/such/program' });
    await engine.ended;
    expect(words(events())).toEqual(['finished 70']);
    expect(events()[0]).toMatchObject({
      error: { message: expect.stringContaining('could not be started') as string },
    });
  });

  test('may write what is no event: it goes to the log, and lines are put together again', async () => {
    const { engine, events, stray } = observe('garbage');
    await engine.ended;
    expect(words(events())).toEqual(['a\u2028b\r c', 'finished 0']);
    expect(stray).toEqual([
      'The engine wrote a line that is no JSON: Traceback: oh no',
      'The engine wrote an event that this version does not know: [1]',
      'The engine wrote an event that this version does not know: {"atMs":1,"type":"novelty"}',
      'The engine wrote an event that this version does not know: {"atMs":1,"type":"constructor"}',
    ]);
  });

  test.each([
    ['twice', ['finished 0']],
    ['unended', ['finished 5']],
  ])('ends a run exactly once: %s', async (mode, expected) => {
    const { engine, events } = observe(mode);
    await engine.ended;
    expect(words(events())).toEqual(expected);
  });

  test('is stopped gracefully and then forced; the wish is told at once', async () => {
    const { engine, events, said } = observe('polite');
    await said('ready');
    engine.stop();
    await said('stop');
    engine.stop();
    engine.force();
    await engine.ended;
    expect(words(events())).toEqual(['ready', 'stopping', 'stop', 'stop', 'force', 'finished 130']);
  });

  test('ends when its stdin is closed', async () => {
    const { engine, events, said } = observe('polite');
    await said('ready');
    engine.dispose();
    await engine.ended;
    expect(words(events())).toEqual(['ready', 'closed', 'finished 130']);
  });

  test('that does not obey a forced end is killed', async () => {
    const { engine, events, said } = observe('stubborn', { limits: { forcedEndMs: 30 } });
    await said('ready');
    engine.force();
    await engine.ended;
    expect(words(events())).toEqual(['ready', 'stopping', 'finished 70']);
    expect(events().at(-1)).toMatchObject({
      error: { message: 'The engine did not end when asked to and was killed' },
    });
  });

  test('that lingers after the run is killed; the run ended as it said', async () => {
    const { engine, events } = observe('lingering', { limits: { exitMs: 30 } });
    await engine.ended;
    expect(words(events())).toEqual(['finished 0']);
    expect(isAlive(engine.pid ?? 0)).toBe(false);
  });

  test('may be asked to stop after it has ended', async () => {
    const { engine, events } = observe('good');
    await engine.ended;
    engine.stop();
    engine.force();
    engine.dispose();
    expect(words(events())).toEqual(['/the/app', 'finished 0']);
  });

  test('in a burst is read in batches of bounded size, in order, without a loss', async () => {
    const { engine, batches, events } = observe('burst', { limits: { waitingEvents: 100 } });
    await engine.ended;
    const lines = events().filter((event) => event.type === 'log');
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 30000 }, (_, index) => `line ${index}`));
    // One chunk of a pipe is 64 KiB: about 1,300 of these lines come on top of those that waited.
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThan(1600);
    expect(batches.length).toBeGreaterThan(15);
  });

  test('runs as a plain Node, without what the editor put into its environment', async () => {
    const environment = engineEnvironment({
      PATH: process.env['PATH'],
      NODE_OPTIONS: '--no-such-option',
      VSCODE_IPC_HOOK: '/tmp/x',
      ELECTRON_NO_ASAR: '1',
      HOME: '/home/me',
      EMPTY: '',
      MISSING: undefined,
    });
    const { engine, events } = observe('environment', { environment });
    await engine.ended;
    const [first] = events();
    const seen: unknown = first?.type === 'log' ? JSON.parse(first.line) : null;
    expect(seen).toEqual({ PATH: process.env['PATH'], HOME: '/home/me', EMPTY: '', ELECTRON_RUN_AS_NODE: '1' });
  });
});
