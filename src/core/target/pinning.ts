import { execa } from 'execa';
import { UserError } from '../../shared/userError';
import { allowedCores, hardwareSiblings } from '../sample/coreList';

/** Which cores an app has for itself, and which everything else of the run shares. */
export interface Pinning {
  readonly appCore: number;
  readonly otherCores: readonly number[];
  /** Gives this process all of its cores back. */
  release(): Promise<void>;
}

/** What starts a program on one core; it is that program then, with the same pid. Undefined: wherever the scheduler puts it. */
export function commandOnCore(core: number | undefined, command: readonly string[]): readonly string[] {
  return core === undefined ? command : ['taskset', '--cpu-list', String(core), ...command];
}

/**
 * The app's core is the last of `cores` (the first one mostly has the machine's interrupts); all others are for everything else, but for
 * those that share their hardware with the app's, which would slow it down: they stay idle where there are others. Null: one core alone.
 */
export function sharedOut(
  cores: readonly number[],
  siblings: (core: number) => readonly number[],
): Pick<Pinning, 'appCore' | 'otherCores'> | null {
  const appCore = cores.at(-1);
  const others = cores.slice(0, -1);
  if (appCore === undefined || others.length === 0) return null;
  const beside = siblings(appCore);
  const apart = others.filter((core) => !beside.includes(core));
  return { appCore, otherCores: apart.length > 0 ? apart : others };
}

/**
 * Moves this process, and with it all that it will start, to the cores that the app does not get. Throws `UserError` where there is one
 * core alone, or no taskset (util-linux).
 */
export async function pinRun(): Promise<Pinning> {
  const cores = allowedCores('self');
  const shares = sharedOut(cores, hardwareSiblings);
  if (shares === null) {
    throw new UserError('usage', '--pin needs two cores: one for the app, one for everything else', {
      hint: 'Leave --pin out on this machine.',
    });
  }
  await move(shares.otherCores);
  return { ...shares, release: async () => move(cores) };
}

async function move(cores: readonly number[]): Promise<void> {
  const words = ['--all-tasks', '--cpu-list', '--pid', cores.join(','), String(process.pid)];
  const result = await execa('taskset', words, { reject: false, stdin: 'ignore', timeout: 10_000 });
  if (result.exitCode === 0) return;
  throw new UserError('usage', '--pin could not give the app a core of its own: taskset did not work', {
    hint: `It is part of util-linux, on Linux alone. ${result.stderr.trim()}`.trim(),
  });
}
