import * as z from 'zod';
import { hasProcFs } from './procFiles';
import { startPythonHelper } from './pythonHelper';

/**
 * Fixed work in the app's own language (dictionaries, strings, JSON), in pieces timed by the thread's CPU clock: what a piece takes is the
 * machine's speed at that moment. Their distances are random: even ones stay in step with the kernel's tick (4 ms mostly), and where each
 * piece met one, all of a trial's were slower, and the kernel booked a whole tick for each. Collecting garbage would make pieces unequal. Each core has its
 * turn: left to itself the scheduler puts the probe where the app is not. Where the app has one core for itself, that one alone counts: one
 * core may be nearly twice as fast as the other for minutes.
 */
const probeProgram = `
import gc, itertools, json, os, random, select, statistics, sys, time
gc.disable()
period, repeats = float(sys.argv[1]) / 1000, int(sys.argv[2])
own = {int(core) for core in sys.argv[3:]}
# Unbuffered: a line that was read ahead would never wake select.
questions = open(0, 'rb', buffering=0)
text = ' '.join('word%d' % (i % 37) for i in range(120))

def piece():
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + len(word)
    rows = [{'id': i, 'name': 'row %d' % i, 'tags': ['a', 'b', str(i)]} for i in range(30)]
    return len(json.loads(json.dumps({'rows': rows, 'counts': counts}))['rows'])

def move_to(cores):
    try:
        os.sched_setaffinity(0, cores)
    except OSError:
        pass  # Taken from us meanwhile: wherever it runs is good enough.

def measure():
    allowed = os.sched_getaffinity(0)
    turns = itertools.cycle(sorted(own or allowed))
    try:
        return measure_on(turns)
    finally:
        move_to(allowed)

def measure_on(turns):
    pieces, began = [], time.process_time()
    due = time.monotonic()
    while True:
        due = max(due + period * random.uniform(0.5, 1.5), time.monotonic())
        if select.select([questions], [], [], max(0, due - time.monotonic()))[0]:
            questions.readline()
            return pieces, time.process_time() - began
        move_to({next(turns)})
        start = time.thread_time_ns()
        for _ in range(repeats):
            piece()
        pieces.append((time.thread_time_ns() - start) / 1e6)

def say(answer):
    sys.stdout.write(json.dumps(answer) + '\\n')
    sys.stdout.flush()

for _ in range(200):
    piece()
while questions.readline():
    say('started')
    pieces, cpu = measure()
    say({
        'medianMs': statistics.median(pieces) if pieces else None,
        'meanMs': statistics.fmean(pieces) if pieces else None,
        'pieces': len(pieces),
        'cpuSeconds': cpu,
    })
`;

/** By bench/precision, see docs/measurement.md. About 3 % of a core. */
const usualPeriodMs = 20;
const usualRepeats = 3;
const startLimitMs = 5_000;
const answerLimitMs = 2_000;
/** Fewer pieces say nothing about a window. */
const fewestPieces = 10;

const answerSchema = z.object({
  medianMs: z.number().nullable(),
  meanMs: z.number().nullable(),
  pieces: z.int(),
  cpuSeconds: z.number(),
});

/** What the machine's speed was in one window. */
export interface SpeedReading {
  /** CPU time of one piece, in ms: the median and the mean of the window's pieces. */
  readonly medianMs: number;
  readonly meanMs: number;
  readonly pieces: number;
  /** That the probe itself used: ours, not foreign. */
  readonly cpuSeconds: number;
}

/** Knows how fast the machine is while a trial's window is open; idle between windows. */
export interface SpeedProbe {
  begin(): void;
  /** Ends the window. Null: no window was begun, it was too short, or there is no probe here. */
  end(): Promise<SpeedReading | null>;
  close(): Promise<void>;
}

export interface SpeedProbeOptions {
  /** The target's own interpreter: the work should slow down as the app does. Null: none is at hand. */
  readonly pythonPath: string | null;
  /** Carries the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
  readonly periodMs?: number;
  readonly repeats?: number;
  /** The core that the app has for itself; left out: all that this process may use have their turn. */
  readonly core?: number;
}

/**
 * One process for a whole comparison: a process draws its own luck at start, and that of the probe must be the same for
 * every trial. Never rejects; without an interpreter, or where a helper died, readings are null.
 */
export async function createSpeedProbe(options: SpeedProbeOptions): Promise<SpeedProbe> {
  const { pythonPath, environment, periodMs = usualPeriodMs, repeats = usualRepeats, core } = options;
  if (pythonPath === null || !hasProcFs) return noProbe;
  const helper = startPythonHelper({
    pythonPath,
    program: probeProgram,
    words: [periodMs, repeats, ...(core === undefined ? [] : [core])].map(String),
    environment,
  });
  let isMeasuring = false;
  const begin = async (limitMs: number): Promise<boolean> => (await helper.ask('begin', limitMs)) !== null;
  const end = async (): Promise<SpeedReading | null> => {
    isMeasuring = false;
    return parseReading(await helper.ask('end', answerLimitMs));
  };
  if (!(await begin(startLimitMs))) return noProbe;
  await end();
  return {
    begin: () => {
      // A window that was never ended belongs to a trial that was broken off.
      if (isMeasuring) void end();
      isMeasuring = true;
      void begin(answerLimitMs);
    },
    end: async () => (isMeasuring ? end() : null),
    close: async () => {
      if (isMeasuring) await end();
      await helper.close();
    },
  };
}

const noProbe: SpeedProbe = {
  begin: () => undefined,
  end: () => Promise.resolve(null),
  close: () => Promise.resolve(),
};

function parseReading(answer: string | null): SpeedReading | null {
  if (answer === null) return null;
  const { medianMs, meanMs, pieces, cpuSeconds } = answerSchema.parse(JSON.parse(answer));
  return medianMs === null || meanMs === null || pieces < fewestPieces
    ? null
    : { medianMs, meanMs, pieces, cpuSeconds };
}
