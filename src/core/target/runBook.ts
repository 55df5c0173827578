import { identify, type ProcessIdentity } from './processIdentity';
import type { StopCommand } from './processes';
import { thisMachine, writeRunFile, type RunState } from './runState';

/** What the engine knows of its run, kept up to date in the run file. */
export interface RunBook {
  readonly groups: Map<number, ProcessIdentity>;
  readonly folders: Set<string>;
  readonly stops: Set<StopCommand>;
  guard: ProcessIdentity | null;
  state(): RunState;
  /** To the run file, as well as it can be: with a full disk the guard still holds the state. */
  save(): void;
}

/** A run of this process with nothing to watch yet. Writes nothing by itself. */
export function createRunBook(tag: string, runFile: string): RunBook {
  const machine = thisMachine();
  const engine = identify(process.pid) ?? { pid: process.pid, startTicks: null };
  return {
    groups: new Map(),
    folders: new Set(),
    stops: new Set(),
    guard: null,
    state() {
      return {
        tag,
        runFile,
        machine,
        engine,
        guard: this.guard,
        groups: [...this.groups.values()],
        folders: [...this.folders],
        stops: [...this.stops],
      };
    },
    save() {
      try {
        writeRunFile(this.state());
      } catch {
        // The file is the second net, for the case that the guard is killed too.
      }
    },
  };
}
