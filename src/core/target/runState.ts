import { readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasProcFs } from '../sample/procFiles';
import type { StopCommand } from './processes';
import type { ProcessIdentity } from './processIdentity';

/**
 * Everything that must be ended and deleted when the engine is gone: what the guard holds in memory, and what the run file
 * keeps for the next start in case the guard is gone too.
 */
export interface RunState {
  readonly tag: string;
  readonly runFile: string;
  readonly machine: MachineIdentity;
  readonly engine: ProcessIdentity;
  readonly guard: ProcessIdentity | null;
  /** Process groups by their leader, which we started ourselves with the run's tag in its environment. */
  readonly groups: readonly ProcessIdentity[];
  readonly folders: readonly string[];
  /** Run once all of ours has ended. Handed to the guard, never to the run file. */
  readonly stops: readonly StopCommand[];
}

/** Pids mean something only on the same machine, since the same boot, in the same pid namespace (container). */
export interface MachineIdentity {
  readonly host: string;
  readonly boot: string;
  readonly pidNamespace: string;
}

const tagPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{5,99}$/;

/** A tag names a file and stands in environments: letters, digits, `-` and `_`, and long enough not to occur by chance. */
export function isRunTag(text: string): boolean {
  return tagPattern.test(text);
}

export function thisMachine(): MachineIdentity {
  return {
    host: hostname(),
    boot: hasProcFs ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() : '',
    pidNamespace: hasProcFs ? readlinkSync('/proc/self/ns/pid') : '',
  };
}

/** Atomic: a reader sees the old state or the new one, also when we are killed in between. Without the commands, whose environments hold secrets. */
export function writeRunFile(state: RunState): void {
  const draft = runFileDraft(state.runFile);
  writeFileSync(draft, JSON.stringify({ ...state, stops: [] }), { mode: 0o600 });
  renameSync(draft, state.runFile);
}

/** Where a run file is written before it gets its name. */
export function runFileDraft(runFile: string): string {
  return join(dirname(runFile), `.${basename(runFile)}.draft`);
}

/** Null when it is not there or is no run file. */
export function readRunFile(path: string): RunState | null {
  try {
    return parseRunState(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Null for anything that is not a whole run state. By hand, since the guard carries no dependencies. */
export function parseRunState(text: string): RunState | null {
  const data = parseJson(text);
  if (!isObject(data) || !isObject(data['machine'])) {
    return null;
  }
  // A file of an earlier version has no commands.
  const { tag, runFile, engine, guard, groups, folders, stops = [] } = data;
  const { host, boot, pidNamespace } = data['machine'];
  const isWhole =
    typeof tag === 'string' &&
    isRunTag(tag) &&
    typeof runFile === 'string' &&
    typeof host === 'string' &&
    typeof boot === 'string' &&
    typeof pidNamespace === 'string' &&
    isIdentity(engine) &&
    (guard === null || isIdentity(guard)) &&
    Array.isArray(groups) &&
    groups.every(isIdentity) &&
    isTexts(folders) &&
    Array.isArray(stops) &&
    stops.every(isStopCommand);
  return isWhole
    ? { tag, runFile, machine: { host, boot, pidNamespace }, engine, guard, groups, folders, stops }
    : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isStopCommand(value: unknown): value is StopCommand {
  return (
    isObject(value) &&
    isTexts(value['command']) &&
    typeof value['cwd'] === 'string' &&
    isObject(value['environment']) &&
    isTexts(Object.values(value['environment']))
  );
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    isObject(value) &&
    Number.isInteger(value['pid']) &&
    Number(value['pid']) > 1 &&
    (value['startTicks'] === null || typeof value['startTicks'] === 'number')
  );
}
