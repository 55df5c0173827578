import * as z from 'zod';
import { hasProcFs } from './procFiles';
import { startPythonHelper } from './pythonHelper';

/**
 * Opens the CPU's own counters by perf_event_open(2), which Node cannot call, on every thread of some processes, to be inherited by all that
 * these start. What runs in the kernel is left out, so that a user without rights may count. A thread that begins while the others are opened
 * would be missed or counted twice: then all are opened anew. Hybrid CPUs have a set of counters for each kind of core.
 */
const counterProgram = `
import ctypes, json, os, resource, struct, sys, time

calls = {'x86_64': 298, 'i686': 336, 'aarch64': 241, 'armv7l': 364, 'ppc64le': 319, 's390x': 331, 'riscv64': 241}
call = calls.get(os.uname().machine, -1)
libc = ctypes.CDLL(None, use_errno=True)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
inherited, without_kernel, without_hypervisor = 1 << 1, 1 << 5, 1 << 6
times_too, close_on_exec, own_size = 3, 8, 64

def hybrid():
    for name in ('cpu_core', 'cpu_atom', 'cpu_lowpower'):
        try:
            with open('/sys/bus/event_source/devices/%s/type' % name) as file:
                yield 0, 1 | int(file.read()) << 32
        except OSError:
            pass

# By kind and number: hardware, instructions.
events = [tuple(map(int, word.split(':'))) for word in sys.argv[1:]] or list(hybrid()) or [(0, 1)]

def open_one(thread, event):
    kind, number = event
    flags = inherited | without_kernel | without_hypervisor
    attributes = struct.pack('=IIQQQQQ', kind, own_size, number, 0, 0, times_too, flags).ljust(own_size, b'\\0')
    counter = libc.syscall(call, attributes, thread, -1, -1, close_on_exec)
    if counter < 0:
        raise OSError(ctypes.get_errno(), 'perf_event_open')
    return counter

def threads_of(processes):
    found = set()
    for process in processes:
        try:
            found.update(map(int, os.listdir('/proc/%d/task' % process)))
        except OSError:
            pass
    return found

def close_all(counters):
    for counter in counters:
        os.close(counter)

def open_all(processes):
    for _ in range(20):
        before, counters = threads_of(processes), []
        try:
            for thread in before:
                counters.extend(open_one(thread, event) for event in events)
        except ProcessLookupError:
            close_all(counters)
            continue
        except OSError:
            close_all(counters)
            raise
        if threads_of(processes) == before:
            return counters
        close_all(counters)
    return []

opened = {}

def attach(name, *processes):
    opened[name] = open_all([int(process) for process in processes])
    return {} if opened[name] else {'errno': 3}

def read(name):
    instructions = running = 0
    for counter in opened.get(name, []):
        value, enabled, ran = struct.unpack('QQQ', os.read(counter, 24))
        instructions += value
        running += ran
    return {'instructions': instructions, 'countedSeconds': running / 1e9} if name in opened else {'errno': 3}

def detach(name):
    close_all(opened.pop(name, []))
    return {}

def used():
    return {'cpuSeconds': time.process_time()}

for line in sys.stdin:
    question, *words = line.split()
    try:
        answer = globals()[question](*words)
    except OSError as error:
        answer = {'errno': error.errno}
    sys.stdout.write(json.dumps(answer) + '\\n')
    sys.stdout.flush()
`;

const startLimitMs = 5_000;
const answerLimitMs = 1_000;

/** Instructions that a process tree has executed in user space since it was attached to. */
export interface InstructionReading {
  readonly instructions: number;
  /** CPU seconds in which they were counted. Less than what the tree used: another tool had the counters, or not all of it was attached to. */
  readonly countedSeconds: number;
}

export interface AttachedCounter {
  /** Cumulative. Null once the counter is lost. */
  read(): Promise<InstructionReading | null>;
  detach(): Promise<void>;
}

/** Counts what the CPU executes, by its own counters. Created once per run: it holds a helper process. */
export interface InstructionCounter {
  /** Counts all threads of these processes, and all that they start from now on. Null: they have ended, or are not this user's. */
  attach(pids: readonly number[]): Promise<AttachedCounter | null>;
  /** CPU seconds of the helper process itself so far: ours, not the target's. */
  helperCpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

/** Why there is no counting: the machine shows no such counters (most virtual ones), or the kernel does not let this user. */
export type NoInstructions = 'no_counters' | 'not_permitted';

export interface InstructionCounterOptions {
  /** The target's own interpreter. Null: none is at hand. */
  readonly pythonPath: string | null;
  /** The helper's whole environment; carries the run's tag, so that the guard ends it with the rest. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is counted, by the kernel's kind and number; left out: instructions. The kernel's own counters are everywhere: for tests. */
  readonly event?: `${number}:${number}`;
}

const readingSchema = z.object({ instructions: z.number(), countedSeconds: z.number() });
const usedSchema = z.object({ cpuSeconds: z.number() });
const refusalSchema = z.object({ errno: z.int() });

/** Of perf_event_open(2), where the kernel keeps a user from it: EPERM, EACCES. */
const refusals: ReadonlySet<number> = new Set([1, 13]);

/** Linux alone has such counters for a user. Never rejects. */
export async function createInstructionCounter({
  pythonPath,
  environment,
  event,
}: InstructionCounterOptions): Promise<InstructionCounter | NoInstructions> {
  if (!hasProcFs || pythonPath === null) return 'no_counters';
  const words = event === undefined ? [] : [event];
  const helper = startPythonHelper({ pythonPath, program: counterProgram, words, environment });
  const ask = async (question: string, limitMs = answerLimitMs): Promise<unknown> =>
    parseAnswer(await helper.ask(question, limitMs));
  let attachments = 0;
  const attach = async (pids: readonly number[], limitMs?: number): Promise<AttachedCounter | number> => {
    attachments += 1;
    const name = `tree${attachments}`;
    const answer = await ask(['attach', name, ...pids].join(' '), limitMs);
    const refusal = refusalSchema.safeParse(answer);
    if (answer === null || refusal.success) return refusal.data?.errno ?? 0;
    return {
      read: async () =>
        readingSchema
          .nullable()
          .catch(null)
          .parse(await ask(`read ${name}`)),
      detach: async () => {
        await ask(`detach ${name}`);
      },
    };
  };
  const own = await attach([helper.pid], startLimitMs);
  // Counters that are there and stand still (a hypervisor's empty shell) are none.
  const isCounting = typeof own !== 'number' && ((await own.read())?.instructions ?? 0) > 0;
  if (!isCounting) {
    await helper.close();
    return typeof own === 'number' && refusals.has(own) ? 'not_permitted' : 'no_counters';
  }
  await own.detach();
  let helperSeconds = 0;
  return {
    attach: async (pids) => {
      const attached = await attach(pids);
      return typeof attached === 'number' ? null : attached;
    },
    helperCpuSeconds: async () => {
      // A helper that has ended uses no more than it had.
      helperSeconds = usedSchema.safeParse(await ask('used')).data?.cpuSeconds ?? helperSeconds;
      return helperSeconds;
    },
    close: () => helper.close(),
  };
}

/** Null: there is no helper, or what answers is no helper of ours. */
function parseAnswer(line: string | null): unknown {
  try {
    const answer: unknown = JSON.parse(line ?? 'null');
    return answer;
  } catch {
    return null;
  }
}
