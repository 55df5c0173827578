import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../shared/events';
import type { LiveRun } from '../../shared/liveRun';
import type { LogLine } from './logLine';
import type { EngineStart } from './startEngine';
import { superviseRun, type SupervisedRun } from './superviseRun';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Scene {
  readonly run: SupervisedRun;
  readonly emit: (...events: readonly RunEvent[]) => void;
  readonly exit: () => Promise<void>;
  readonly asked: string[];
  readonly batches: (readonly RunEvent[])[];
  readonly changes: LiveRun[];
  readonly log: LogLine[];
  readonly stray: (line: string) => void;
}

function scene(onEvents: (events: readonly RunEvent[]) => void = () => undefined): Scene {
  let handlers: Pick<EngineStart, 'onEvents' | 'onStrayLine'> | null = null;
  let exit: () => void = () => undefined;
  const [asked, batches, changes, log] = [
    [] as string[],
    [] as (readonly RunEvent[])[],
    [] as LiveRun[],
    [] as LogLine[],
  ];
  const run = superviseRun({
    changeMs: 250,
    onEvents: (events) => {
      batches.push(events);
      onEvents(events);
    },
    onChange: (live) => changes.push(live),
    writeLog: (line) => log.push(line),
    startEngine: (given) => {
      handlers = given;
      return {
        pid: 1,
        ended: new Promise((resolve) => {
          exit = resolve;
        }),
        stop: () => asked.push('stop'),
        force: () => asked.push('force'),
        dispose: () => asked.push('dispose'),
      };
    },
  });
  return {
    run,
    asked,
    batches,
    changes,
    log,
    emit: (...events) => handlers?.onEvents(events),
    stray: (line) => handlers?.onStrayLine(line),
    exit: async () => {
      exit();
      await run.ended;
    },
  };
}

const started: RunEvent = { atMs: 1, type: 'run-started', targets: ['flask'], estimatedSeconds: 100 };
const finished: RunEvent = { atMs: 9, type: 'run-finished', exitCode: 0 };
const line: RunEvent = { atMs: 2, type: 'log', source: 'flask', line: 'GET / 200' };
const progress = (elapsedSeconds: number): RunEvent => ({
  atMs: elapsedSeconds,
  type: 'progress',
  elapsedSeconds,
  remainingSeconds: 10,
  fraction: 0.1,
});

describe('a supervised run', () => {
  test('is what its events make of it, and every event is handed on', async () => {
    const { run, emit, exit, batches } = scene();
    expect(run.live.state).toBe('starting');
    emit(started, progress(1));
    expect(run.live).toMatchObject({ state: 'running', targets: ['flask'], progress: { elapsedSeconds: 1 } });
    emit(finished);
    await exit();
    expect(run.live).toMatchObject({ state: 'ended', exitCode: 0 });
    expect(batches).toEqual([[started, progress(1)], [finished]]);
  });

  test('tells of changes at once, then four times a second at most, and once more at the end', async () => {
    const { emit, exit, changes } = scene();
    emit(started);
    for (let second = 1; second <= 10; second += 1) {
      emit(progress(second));
      vi.advanceTimersByTime(100);
    }
    const seen = changes.map(({ progress: shown }) => shown?.elapsedSeconds);
    expect(seen).toEqual([expect.anything(), 3, 5, 8, 10]);
    emit(finished);
    await exit();
    expect(changes.at(-1)?.state).toBe('ended');
    vi.advanceTimersByTime(1000);
    expect(changes).toHaveLength(6);
  });

  test('does not tell of what only a panel shows', () => {
    const { emit, changes, log } = scene();
    emit(started);
    vi.advanceTimersByTime(1000);
    emit(line);
    vi.advanceTimersByTime(1000);
    expect(changes).toHaveLength(1);
    expect(log.at(-1)).toEqual({ channel: 'app', level: 'info', text: 'flask: GET / 200' });
  });

  test('hands stop and force on; stray lines go to the log', () => {
    const { run, asked, stray, log } = scene();
    run.stop();
    run.force();
    stray('Traceback');
    expect(asked).toEqual(['stop', 'force']);
    expect(log).toEqual([{ channel: 'own', level: 'warn', text: 'Traceback' }]);
  });

  test('that is disposed of ends its engine and tells nobody anything more', async () => {
    const { run, emit, exit, asked, batches, changes, log } = scene();
    emit(started);
    run.dispose();
    emit(progress(1), finished);
    await exit();
    vi.advanceTimersByTime(1000);
    expect(asked).toEqual(['dispose']);
    expect([batches.length, changes.length, log.length]).toEqual([1, 1, 1]);
  });

  test('ends even when a listener throws', async () => {
    const { run, emit, exit, log } = scene(() => {
      throw new Error('a broken view');
    });
    emit(started);
    emit(finished);
    await exit();
    expect(run.live.state).toBe('ended');
    expect(log.filter(({ level }) => level === 'error').map(({ text }) => text)).toEqual([
      expect.stringContaining('a broken view'),
      expect.stringContaining('a broken view'),
    ]);
  });
});
