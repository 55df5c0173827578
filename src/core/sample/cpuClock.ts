import { hasProcFs } from './procFiles';
import { startPythonHelper } from './pythonHelper';
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
  const helper = startPythonHelper({ pythonPath, program: helperProgram, environment });
  const read = async (pids: readonly number[], limitMs: number): Promise<ReadonlyMap<number, number>> =>
    pids.length === 0 ? new Map() : parseAnswer((await helper.ask(pids.join(' '), limitMs)) ?? '');
  const own = (await read([process.pid], startLimitMs)).get(process.pid);
  // A first answer that is wildly off our own account is no clock at all (a foreign pid namespace, an emulated kernel).
  const { user, system } = process.cpuUsage();
  if (own === undefined || Math.abs(own - (user + system) / 1e6) > 0.1) {
    await helper.close();
    return clockWithout('ticks');
  }
  let helperSeconds = 0;
  return {
    get kind() {
      return helper.isAlive() ? 'posix' : 'ticks';
    },
    read: async (pids) => read(pids, answerLimitMs),
    helperCpuSeconds: async () => {
      // A helper that has ended uses no more than it had.
      helperSeconds = (await read([helper.pid], answerLimitMs)).get(helper.pid) ?? helperSeconds;
      return helperSeconds;
    },
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
