import type { Writable } from 'node:stream';
import type { RunEvent } from '../../shared/events';
import { createColours } from './colours';
import { displayWidth } from './displayWidth';
import { eventLines } from './eventLines';
import type { EventRenderer } from './eventRenderer';
import { liveLines } from './liveLines';
import { emptyRunView, reduceRunView, type RunView } from './runView';

/** A terminal: `columns` changes with its window, a `resize` event says so. */
export type TerminalStream = Writable & { readonly columns?: number };

/** What the renderer needs of time; real timers by default. */
export interface RendererClock {
  now(): number;
  setInterval(callback: () => void, ms: number): { unref(): unknown };
  clearInterval(timer: { unref(): unknown }): void;
}

const realClock: RendererClock = {
  now: () => Date.now(),
  setInterval: (callback, ms) => setInterval(callback, ms),
  clearInterval: (timer) => {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- made by setInterval above
    clearInterval(timer as NodeJS.Timeout);
  },
};

/** Ten frames a second at most. */
const frameMs = 100;
const defaultColumns = 80;
const escape = '\u001b[';

/**
 * For a terminal: lasting lines scroll by, three live lines stay below them and are redrawn in place, each frame in one
 * write, at most ten a second and only when something changed. The cursor comes back when it is closed.
 */
export function terminalRenderer(
  stream: TerminalStream,
  options: { readonly hasColour: boolean; readonly clock?: RendererClock },
): EventRenderer {
  const clock = options.clock ?? realClock;
  const colours = createColours(options.hasColour);
  let view: RunView = emptyRunView;
  let drawn: readonly string[] = [];
  let waiting: string[] = [];
  let isEnded = false;
  const columns = (): number => stream.columns ?? defaultColumns;

  const draw = (): void => {
    const live = isEnded ? [] : liveLines(view, { columns: columns() - 1, nowMs: clock.now(), colours });
    if (waiting.length === 0 && sameLines(live, drawn)) return;
    stream.write(frame(drawn, waiting, live, columns()));
    waiting = [];
    drawn = live;
  };
  const onResize = (): void => {
    draw();
  };
  const onError = (): void => {
    isEnded = true;
  };
  const timer = clock.setInterval(draw, frameMs);
  timer.unref();
  stream.on('resize', onResize);
  stream.on('error', onError);
  stream.write(`${escape}?25l`);

  return {
    onEvent(event: RunEvent): void {
      view = reduceRunView(view, event);
      waiting.push(...eventLines(event, colours));
    },
    close(): Promise<void> {
      clock.clearInterval(timer);
      stream.off('resize', onResize);
      if (isEnded) return Promise.resolve();
      isEnded = true;
      draw();
      stream.write(`${escape}?25h`);
      return Promise.resolve();
    },
  };
}

/** One write: up over the old live lines, each cleared as the new text passes, and what is left below cleared. */
function frame(drawn: readonly string[], lasting: readonly string[], live: readonly string[], columns: number): string {
  // A window that became narrower has wrapped the old lines: they take more rows now.
  const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / Math.max(1, columns))), 0);
  const up = rows === 0 ? '' : `${escape}${rows}A\r`;
  const lines = [...lasting, ...live].map((line) => `${line}${escape}K\n`).join('');
  return `${up}${lines}${escape}J`;
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
