import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { syntheticPlan } from '../../../test/fixtures/syntheticTrials';
import type { RunEvent } from '../../shared/events';
import { isColourAllowed } from './colours';
import { displayWidth } from './displayWidth';
import { ndjsonRenderer } from './ndjsonRenderer';
import { plainRenderer } from './plainRenderer';
import { terminalRenderer, type RendererClock } from './terminalRenderer';
import { runEvents, sample, trial } from './testEvents';

const plan = syntheticPlan();

/** A stream that keeps what is written, as a terminal of `columns` columns. */
function sink(columns = 80): Writable & { columns: number; writes: string[] } {
  const writes: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      writes.push(chunk.toString());
      done();
    },
  });
  return Object.assign(stream, { columns, writes });
}

/** A clock whose frames are drawn by hand. */
function handClock(): RendererClock & { tick(ms: number): void } {
  let nowMs = 0;
  let callback = (): void => undefined;
  return {
    now: () => nowMs,
    setInterval: (given) => {
      callback = given;
      return { unref: () => undefined };
    },
    clearInterval: () => {
      callback = () => undefined;
    },
    tick(ms) {
      nowMs += ms;
      callback();
    },
  };
}

/** What a terminal shows after these writes: rows, with cursor-up and the two erasing sequences obeyed. */
function screen(writes: readonly string[]): string[] {
  const rows: string[] = [''];
  let row = 0;

  for (const [token] of writes.join('').matchAll(/\u001b\[\??[0-9]*[A-Za-z]|\n|\r|[^\u001b\n\r]+/g)) {
    if (token === '\n') {
      row += 1;
      rows[row] ??= '';
    } else if (token.endsWith('A') && token.startsWith('\u001b')) {
      row -= Number(token.slice(2, -1));
    } else if (token === '\u001b[J') rows.length = row + 1;
    else if (!token.startsWith('\u001b') && token !== '\r') rows[row] = token;
  }
  return rows;
}

function play(
  events: readonly RunEvent[],
  columns = 80,
): { stream: ReturnType<typeof sink>; clock: ReturnType<typeof handClock>; close: () => Promise<void> } {
  const stream = sink(columns);
  const clock = handClock();
  const renderer = terminalRenderer(stream, { hasColour: false, clock });
  for (const event of events) {
    renderer.onEvent(event);
    clock.tick(100);
  }
  return { stream, clock, close: () => renderer.close() };
}

describe('the terminal renderer', () => {
  test('keeps three live lines below the lasting ones: phase with p95, the bar of the whole plan, how to stop', () => {
    const { stream } = play(runEvents(plan).slice(0, 8));
    const rows = screen(stream.writes).filter((row) => row !== '');
    expect(rows.at(-3)).toMatch(/block 1\/6 · with_insights · measuring .* · 25 req\/s · p95 11\.2 ms$/);
    expect(rows.at(-2)).toMatch(/━+─+ 20 % · 4:00 left · trial 2 of 24$/);
    expect(rows.at(-1)).toContain('Ctrl-C stops and keeps what was measured');
    expect(rows.filter((row) => row.includes('Ctrl-C'))).toHaveLength(1);
  });

  test.each([80, 40, 24])('draws no live line wider than a terminal of %i columns', (columns) => {
    const { stream } = play(
      runEvents(plan, [
        { type: 'exit-wait', process: '日本語のプロセス gunicorn', elapsedSeconds: 3, limitSeconds: 120 },
      ]).slice(0, 9),
      columns,
    );
    const rows = screen(stream.writes).filter((row) => row !== '');
    expect(Math.max(...rows.slice(-3).map(displayWidth))).toBeLessThan(columns);
  });

  test('shows the exit wait with what a second Ctrl-C does', () => {
    const { stream } = play(
      runEvents(plan, [{ type: 'exit-wait', process: 'gunicorn', elapsedSeconds: 3, limitSeconds: 120 }]).slice(0, 9),
    );
    const rows = screen(stream.writes).join('\n');
    expect(rows).toContain('waiting for gunicorn to exit: 1:57 at most');
    expect(rows).toContain('press Ctrl-C again to force');
  });

  test('writes once per frame, and not at all when nothing changed', () => {
    const stream = sink();
    const clock = handClock();
    const renderer = terminalRenderer(stream, { hasColour: false, clock });
    const before = stream.writes.length;
    for (const event of runEvents(plan).slice(0, 2)) renderer.onEvent(event);
    expect(stream.writes).toHaveLength(before);
    clock.tick(100);
    expect(stream.writes).toHaveLength(before + 1);
    clock.tick(0);
    expect(stream.writes).toHaveLength(before + 1);
  });

  test('clears the wrapped rows after the window became narrower', () => {
    const { stream, clock } = play(runEvents(plan).slice(0, 8));
    stream.columns = 30;
    stream.emit('resize');
    const ups = stream.writes.at(-1)?.match(/^\u001b\[(\d+)A/)?.[1];
    expect(Number(ups)).toBeGreaterThan(3);
    clock.tick(100);
  });

  test('takes the live lines away at the end and gives the cursor back', async () => {
    const { stream, close } = play(runEvents(plan));
    await close();
    const rows = screen(stream.writes).join('\n');
    expect(rows).not.toContain('Ctrl-C');
    expect(rows).toContain('✓ 2/24 block 1/6 · with_insights · 500 requests');
    expect(stream.writes.at(-1)).toBe('\u001b[?25h');
  });

  test('lets no control character of a name through', () => {
    const events = runEvents(plan, [
      { type: 'warning', warning: { code: 'x', message: 'a\u001b[2Jb', advice: 'c\u0007' } },
    ]);
    const { stream } = play(events);
    expect(stream.writes.join('')).not.toContain('\u001b[2J');
    expect(stream.writes.join('')).not.toContain('\u0007');
  });
});

describe('the plain renderer', () => {
  test('has one line per phase and no escape sequence', () => {
    const stream = sink();
    const renderer = plainRenderer(stream);
    for (const event of runEvents(plan)) renderer.onEvent(event);
    const text = stream.writes.join('');
    expect(text).not.toContain('\u001b');
    expect(text.match(/: (starting|measuring)/g)).toEqual([': starting', ': measuring']);
  });

  test('says how things stand every ten seconds of silence, not more often', () => {
    const stream = sink();
    const renderer = plainRenderer(stream);
    for (const event of runEvents(plan).slice(0, 6)) renderer.onEvent(event);
    const before = stream.writes.length;
    for (let second = 6; second <= 30; second += 1)
      renderer.onEvent({ atMs: second * 1000, type: 'sample', trial, sample: sample() });
    expect(stream.writes.slice(before)).toEqual([
      '2/24 block 1/6 · with_insights: measuring for 0:10, 25 req/s, p95 11.2 ms; 5:00 left\n',
      '2/24 block 1/6 · with_insights: measuring for 0:20, 25 req/s, p95 11.2 ms; 5:00 left\n',
    ]);
  });
});

describe('the NDJSON renderer', () => {
  test('writes each event as a line, in order', async () => {
    const stream = new PassThrough();
    const renderer = ndjsonRenderer(stream);
    const events = runEvents(plan);
    for (const event of events) renderer.onEvent(event);
    await renderer.close();
    const lines = String(stream.read()).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(events);
  });

  test('leaves out samples alone for a slow reader, and closes when all is read', async () => {
    const received: string[] = [];
    const pending: (() => void)[] = [];
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done): void {
        received.push(chunk.toString());
        pending.push(done);
      },
    });
    const renderer = ndjsonRenderer(slow);
    for (let index = 0; index < 2000; index += 1)
      renderer.onEvent({ atMs: index, type: 'sample', trial, sample: sample() });
    renderer.onEvent({ atMs: 2000, type: 'run-finished', exitCode: 0 });
    const closed = renderer.close();
    while (pending.length > 0) {
      pending.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closed;
    expect(received.length).toBeLessThan(700);
    expect(received.at(-1)).toContain('run-finished');
  });

  test('outlives a reader that goes away', async () => {
    const stream = new PassThrough({ highWaterMark: 1 });
    const renderer = ndjsonRenderer(stream);
    const [first, ...rest] = runEvents(plan);
    if (first) renderer.onEvent(first);
    const gone = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await gone;
    for (const event of rest) renderer.onEvent(event);
    await expect(renderer.close()).resolves.toBeUndefined();
  });
});

describe('colours', () => {
  test.each([
    [{ isTty: true, env: {}, isSwitchedOff: false }, true],
    [{ isTty: false, env: {}, isSwitchedOff: false }, false],
    [{ isTty: true, env: { NO_COLOR: '1' }, isSwitchedOff: false }, false],
    [{ isTty: true, env: { NO_COLOR: '' }, isSwitchedOff: false }, true],
    [{ isTty: true, env: { TERM: 'dumb' }, isSwitchedOff: false }, false],
    [{ isTty: false, env: { FORCE_COLOR: '1' }, isSwitchedOff: false }, true],
    [{ isTty: true, env: { FORCE_COLOR: '1' }, isSwitchedOff: true }, false],
  ])('of %j: %s', (options, expected) => {
    expect(isColourAllowed(options)).toBe(expected);
  });
});
