import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { hasProcFs } from './procFiles';
import type { CpuClock } from './treeSampler';

/**
 * Answers lines of pids with lines of `pid:ns`. The clock of another process has the id (~pid << 3) | 2
 * (clock_getcpuclockid(3), CPUCLOCK_SCHED): in ns, threads that ended included, children not.
 */
const helperProgram = `
import sys, time
for line in sys.stdin:
    answer = []
    for pid in line.split():
        try:
            answer.append('%s:%d' % (pid, time.clock_gettime_ns((~int(pid) << 3) | 2)))
        except (OSError, OverflowError):
            pass
    sys.stdout.write(' '.join(answer) + '\\n')
    sys.stdout.flush()
`;

const startLimitMs = 5_000;
const answerLimitMs = 1_000;

export interface CpuClockOptions {
  /** The target's own interpreter: Node cannot read these clocks, Python can. Null: none is at hand. */
  readonly pythonPath: string | null;
  /** The helper's whole environment; carries the run's tag, so that the guard ends it with the rest. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The best CPU clock there is here. Never rejects: without a working helper it is 'ticks' (an empty map, so that readers use
 * /proc's ticks), and a helper that dies or stalls degrades it to that for the rest of the run.
 */
export async function createCpuClock({ pythonPath, environment }: CpuClockOptions): Promise<CpuClock> {
  if (!hasProcFs) {
    return clockWithout('portable');
  }
  if (pythonPath === null) {
    return clockWithout('ticks');
  }
  const helper = startHelper(pythonPath, environment);
  const own = (await helper.ask([process.pid], startLimitMs)).get(process.pid);
  // A first answer that is wildly off our own account is no clock at all (a foreign pid namespace, an emulated kernel).
  const { user, system } = process.cpuUsage();
  if (own === undefined || Math.abs(own - (user + system) / 1e6) > 0.1) {
    await helper.close();
    return clockWithout('ticks');
  }
  return {
    get kind() {
      return helper.isAlive() ? 'posix' : 'ticks';
    },
    read: (pids) => helper.ask(pids, answerLimitMs),
    helperCpuSeconds: async () => helper.cpuSeconds(),
    close: () => helper.close(),
  };
}

function clockWithout(kind: 'ticks' | 'portable'): CpuClock {
  return {
    kind,
    read: () => Promise.resolve(new Map()),
    helperCpuSeconds: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}

interface ClockHelper {
  isAlive(): boolean;
  ask(pids: readonly number[], limitMs: number): Promise<ReadonlyMap<number, number>>;
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

type Resolve = (answer: ReadonlyMap<number, number>) => void;

function startHelper(pythonPath: string, environment: Readonly<Record<string, string>>): ClockHelper {
  // A session of its own: Ctrl-C in the terminal must not end it before the engine does.
  const child = spawn(pythonPath, ['-I', '-S', '-c', helperProgram], {
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const waiting: Resolve[] = [];
  let isAlive = true;
  let ownSeconds = 0;

  function giveUp(): void {
    isAlive = false;
    child.kill('SIGKILL');
    waiting.splice(0).forEach((resolve) => resolve(new Map()));
    holdLoop(child.stdout, false);
  }

  child.once('error', giveUp);
  child.once('exit', giveUp);
  child.stdin.on('error', giveUp);
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.(parseAnswer(line));
    holdLoop(child.stdout, waiting.length > 0);
  });
  child.unref();
  holdLoop(child.stdout, false);

  function ask(pids: readonly number[], limitMs: number): Promise<ReadonlyMap<number, number>> {
    if (!isAlive || pids.length === 0) {
      return Promise.resolve(new Map());
    }
    return new Promise((resolve) => {
      const timer = setTimeout(giveUp, limitMs);
      waiting.push((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      holdLoop(child.stdout, true);
      child.stdin.write(`${pids.join(' ')}\n`);
    });
  }

  return {
    isAlive: () => isAlive,
    ask,
    async cpuSeconds() {
      const { pid } = child;
      // A helper that has ended uses no more than it had.
      if (pid !== undefined) ownSeconds = (await ask([pid], answerLimitMs)).get(pid) ?? ownSeconds;
      return ownSeconds;
    },
    async close() {
      if (isAlive && child.exitCode === null && child.signalCode === null) {
        child.ref();
        const ended = once(child, 'exit');
        child.stdin.end();
        await ended;
      }
    },
  };
}

/** Only an open question keeps this process alive, an idle helper does not. */
function holdLoop(answers: Readable, isHeld: boolean): void {
  if (answers instanceof Socket) {
    if (isHeld) {
      answers.ref();
    } else {
      answers.unref();
    }
  }
}

function parseAnswer(line: string): ReadonlyMap<number, number> {
  const answer = new Map<number, number>();
  for (const word of line.split(' ')) {
    const [pid, nanoseconds] = word.split(':').map(Number);
    if (pid !== undefined && nanoseconds !== undefined) {
      answer.set(pid, nanoseconds / 1e9);
    }
  }
  return answer;
}
