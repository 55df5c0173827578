import { spawn } from 'node:child_process';
import { execa } from 'execa';
import { hardwareSiblings } from './coreList';
import { readKernelUnits } from './kernelUnits';
import { readProcStat } from './procStat';

/**
 * The core of the closed loop's generator, kept from sleeping while it runs. Each answer wakes the generator; on a core that sleeps, that
 * costs both sides an interrupt and, in a virtual machine, an exit to the host, now more, now less: noise that no probe of the app's core
 * sees (docs/measurement.md). A loop that runs only when nothing else wants the core is always there to be interrupted.
 */
export interface AwakeCore {
  readonly core: number;
  /** Begins, and returns what ends it. */
  keep(): () => Promise<void>;
  /** That all loops so far have used: ours, and nobody's work. */
  cpuSeconds(): number;
}

export interface AwakeCoreOptions {
  readonly appCore: number;
  readonly otherCores: readonly number[];
  /** The loop's whole environment; carries the run's tag, so that the guard ends it with the rest. */
  readonly environment: Readonly<Record<string, string>>;
  readonly sysFolder?: string;
}

/**
 * SCHED_IDLE, sched(7): next to nothing while others want the core. Where sessions share the CPU between them (autogroups, in the same
 * page), that holds inside its own session alone, and the session as a whole steps back by its nice value.
 */
const loop = 'echo 19 > /proc/self/autogroup; while :; do :; done';

/** One core, and none that shares its hardware with the app's (SMT); null: there is no such core, or no chrt (util-linux). */
export async function createAwakeCore(options: AwakeCoreOptions): Promise<AwakeCore | null> {
  const { appCore, otherCores, environment, sysFolder } = options;
  const siblings = hardwareSiblings(appCore, sysFolder);
  const core = otherCores.find((each) => !siblings.includes(each));
  if (core === undefined) return null;
  const [program, ...words] = ['chrt', '--idle', '0', 'taskset', '--cpu-list', String(core)] as const;
  const trial = await execa(program, [...words, 'true'], { env: environment, extendEnv: false, reject: false });
  if (trial.failed) return null;
  const { ticksPerSecond } = readKernelUnits();
  let endedSeconds = 0;
  let pid: number | undefined;
  const liveSeconds = (): number => {
    const stat = pid === undefined ? null : readProcStat(pid);
    return stat === null ? 0 : (stat.userTicks + stat.systemTicks) / ticksPerSecond;
  };
  return {
    core,
    keep: () => {
      // A session of its own: Ctrl-C in the terminal is the engine's, and its nice value must be that of the loop alone.
      const child = spawn(program, [...words, 'sh', '-c', loop], { env: environment, stdio: 'ignore', detached: true });
      pid = child.pid;
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.once('error', () => resolve());
      });
      return async () => {
        endedSeconds += liveSeconds();
        pid = undefined;
        child.kill('SIGKILL');
        await ended;
      };
    },
    cpuSeconds: () => endedSeconds + liveSeconds(),
  };
}
