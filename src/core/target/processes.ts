import type { Exit } from '../../shared/record';

/** Everything of one run carries this in its environment, so that nothing of it can be missed at the end. */
export const runTagVariable = 'INSIGHTS_COMPARISON_RUN_TAG';

/**
 * A small detached process that outlives the engine by as long as it takes to end everything the engine started:
 * when the engine's end of its stdin closes, it ends the groups it was told of and every process that carries the run's tag.
 */
export interface Guard {
  readonly tag: string;
  /** Process groups to end, files and folders to delete when the engine is gone. Each may be taken back. */
  watchGroup(pgid: number): void;
  releaseGroup(pgid: number): void;
  watchFolder(path: string): void;
  releaseFolder(path: string): void;
  /** A command of the user's that switches off what was switched on. Kept in memory alone, never on disk: its environment holds secrets. */
  watchStop(command: StopCommand): void;
  releaseStop(command: StopCommand): void;
  /** Called each time a guard was found dead and another put in its place. */
  onReplaced(listener: () => void): void;
  /** Ends what is left of the run, then the guard itself. Resolves when nothing carries the tag any more. */
  close(): Promise<void>;
}

/** What ends an app that is not ours to run. */
export interface StopCommand {
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A target or companion that runs: leader of a process group of its own, its output going to a masked log. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly startedAtMs: number;
  /** Resolves, never rejects, when it ends. */
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  /** The last lines of its output, secrets masked. */
  tail(): readonly string[];
  /** Resolves with the line when a line of output matches; rejects when it ends before or the signal aborts. */
  waitForLine(pattern: RegExp, signal: AbortSignal): Promise<string>;
  /**
   * Asks it to end (SIGTERM to the leader), waits, then kills the group. `onWait` is called each second while waiting;
   * aborting `force` cuts the wait short.
   */
  stop(options: {
    readonly graceSeconds: number;
    readonly force?: AbortSignal;
    readonly onWait?: (elapsedSeconds: number) => void;
  }): Promise<{ readonly exit: Exit; readonly shutdownMs: number }>;
}

export interface ProcessSpec {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment, nothing inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values that must never stand in a log. */
  readonly secrets: readonly string[];
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}
