import type { RunEvent } from '../../shared/events';
import { advanceLiveRun, emptyLiveRun, type LiveRun } from '../../shared/liveRun';
import { createThrottle } from './createThrottle';
import { logLine, type LogLine } from './logLine';
import type { Engine, EngineStart } from './startEngine';

export interface SupervisedRunOptions {
  readonly startEngine: (handlers: Pick<EngineStart, 'onEvents' | 'onStrayLine'>) => Engine;
  readonly onEvents: (events: readonly RunEvent[]) => void;
  /** What trees and status bars show has changed; at most once per `changeMs`, and once more at the end. */
  readonly onChange: (live: LiveRun) => void;
  readonly writeLog: (line: LogLine) => void;
  readonly changeMs: number;
}

/** A run and all that is known of it: the engine's events reduced to a `LiveRun`. */
export interface SupervisedRun {
  readonly live: LiveRun;
  /** Resolves when the engine has exited and every listener was told. Never rejects. */
  readonly ended: Promise<void>;
  stop(): void;
  force(): void;
  /** The window goes: the engine ends by itself, nobody is told any more. */
  dispose(): void;
}

/** Starts the engine of a run and keeps its truth. */
export function superviseRun(options: SupervisedRunOptions): SupervisedRun {
  let live = emptyLiveRun;
  let isDisposed = false;
  const change = createThrottle(options.changeMs, () => {
    options.onChange(live);
  });
  const take = (events: readonly RunEvent[]): void => {
    const before = live;
    live = events.reduce(advanceLiveRun, before);
    for (const line of events.map(logLine)) if (line) options.writeLog(line);
    options.onEvents(events);
    if (looksDifferent(before, live)) change.request();
  };
  const engine = options.startEngine({
    onStrayLine: (text) => {
      options.writeLog({ channel: 'own', level: 'warn', text });
    },
    onEvents: (events) => {
      if (isDisposed) return;
      // A bug of ours in here must not keep the run from ending.
      try {
        take(events);
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        options.writeLog({ channel: 'own', level: 'error', text });
      }
    },
  });
  const ended = engine.ended.then(() => {
    if (!isDisposed) change.flush();
    change.dispose();
  });
  return {
    get live() {
      return live;
    },
    ended,
    stop: () => engine.stop(),
    force: () => engine.force(),
    dispose() {
      isDisposed = true;
      change.dispose();
      engine.dispose();
    },
  };
}

/** What only a panel shows: it changes each second or faster. */
type PanelOnly = 'trials' | 'log' | 'estimates' | 'preflight' | 'warnings';

const shownEverywhere: Readonly<Record<Exclude<keyof LiveRun, PanelOnly>, true>> = {
  startedAtMs: true,
  state: true,
  targets: true,
  comparison: true,
  trial: true,
  phase: true,
  finishedTrials: true,
  progress: true,
  exitWait: true,
  results: true,
  exitCode: true,
  error: true,
};

function looksDifferent(before: LiveRun, after: LiveRun): boolean {
  return Object.keys(shownEverywhere).some((name) => Reflect.get(before, name) !== Reflect.get(after, name));
}
