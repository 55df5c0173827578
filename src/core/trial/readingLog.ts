import type { Sample, TrialPhase } from '../../shared/events';
import type { LoadSecond } from '../load/loadJob';
import { createProcessTable } from '../sample/createProcessTable';
import { createTreeSampler } from '../sample/createTreeSampler';
import type { InstructionCounter } from '../sample/instructionCounter';
import { createMachineSampler } from '../sample/machineSampler';
import type { SpeedReading } from '../sample/speedProbe';
import type { MachineCounters, TreeCounters, TreeSampler } from '../sample/treeSampler';
import type { LiveTarget } from './liveTarget';
import { machineSecond } from './machineSecond';
import { treeSecond, unseenSecond } from './treeSecond';
import type { TrialDeps } from './trialDeps';

/** PSS costs half a ms per process of 80 MB, and holds the lock of its memory map meanwhile: not at each second. */
const secondsPerPss = 5;

/** Every counter at one moment. */
export interface Reading {
  /** Null: the app's processes are out of reach. */
  readonly app: TreeCounters | null;
  readonly companions: readonly TreeCounters[];
  /** Busy without the loop that keeps a core awake. */
  readonly machine: MachineCounters;
  /** Of that loop. */
  readonly awakeCpuSeconds: number;
  /** CPU seconds of the engine, the collector and the helpers that read clocks and counters: ours, not foreign. (The guard sleeps.) */
  readonly ownCpuSeconds: number;
}

interface Samplers {
  readonly app: TreeSampler | null;
  readonly companions: readonly { readonly name: string; readonly sampler: TreeSampler }[];
  close(): Promise<void>;
}

export interface WindowReadings {
  readonly start: Reading;
  readonly end: Reading;
  /** Edges included. */
  readonly all: readonly Reading[];
  /** Of the machine inside the window; null: not measured. */
  readonly speed: SpeedReading | null;
}

/** One sampler for the app's process tree, one for each companion's. */
export function createSamplers(deps: TrialDeps, target: LiveTarget): Samplers {
  const { cpuClock: clock, guard } = deps;
  const counter = counterOf(deps);
  const table = createProcessTable();
  // Processes that carry our tag but have left every tree count for the app, and only once.
  const app = target.app && createTreeSampler({ rootPid: target.app.pid, tag: guard.tag, clock, counter, table });
  const companions = target.companions.map(({ name, pid }) => ({
    name,
    sampler: createTreeSampler({ rootPid: pid, tag: null, clock, counter, table }),
  }));
  return {
    app,
    companions,
    close: async () => {
      await Promise.all([app?.close(), ...companions.map(async ({ sampler }) => sampler.close())]);
      await table?.close();
    },
  };
}

/** Readings in their order. Each waits for the one before, so that a slow one is never overtaken. */
export class ReadingLog {
  readonly samples: Sample[] = [];
  private readonly inWindow: Reading[] = [];
  private edges: { start?: Reading; end?: Reading } = {};
  private previous: Reading | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private speed: Promise<SpeedReading | null> = Promise.resolve(null);
  private readonly machine = createMachineSampler();
  private pssAtSeconds = -Infinity;

  constructor(
    private readonly samplers: Samplers,
    private readonly deps: TrialDeps,
  ) {}

  async read(isThorough: boolean): Promise<Reading> {
    const next = this.queue.then(async () => {
      const reading = await this.readNow(isThorough);
      this.previous ??= reading;
      return reading;
    });
    this.queue = next.catch(() => undefined);
    return next;
  }

  markEdge(edge: 'start' | 'end'): void {
    // At once, whatever readings are still waiting: pieces of fixed work outside the window would count. An app out of reach may be on another machine.
    if (this.samplers.app) {
      if (edge === 'start') this.deps.speedProbe.begin();
      else this.speed = this.deps.speedProbe.end();
    }
    this.enqueue(async () => {
      const reading = await this.readNow(true);
      this.edges = { ...this.edges, [edge]: reading };
      this.inWindow.push(reading);
    });
  }

  second(second: LoadSecond, phase: TrialPhase, onSample: (sample: Sample) => void): void {
    this.enqueue(async () => {
      const reading = await this.readNow(this.isPssDue(second.atSeconds));
      const sample = toSample(second, phase, this.previous ?? reading, reading, this.samplers.companions);
      this.previous = reading;
      if (second.isMeasured) {
        this.samples.push(sample);
        if (!this.edges.end) this.inWindow.push(reading);
      }
      onSample(sample);
    });
  }

  /** The window's readings, edges first and last. A load that was cut short ends at the last reading. */
  async window(): Promise<WindowReadings> {
    await this.queue;
    const start = this.edges.start ?? this.previous;
    const end = this.edges.end ?? this.previous;
    if (!start || !end) throw new Error('The load ended without a single reading');
    return { start, end, all: this.inWindow, speed: await this.speed };
  }

  private isPssDue(atSeconds: number): boolean {
    // Seconds come a little early or late.
    const isDue = atSeconds - this.pssAtSeconds > secondsPerPss - 0.5;
    if (isDue) this.pssAtSeconds = atSeconds;
    return isDue;
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch(() => undefined);
  }

  private async readNow(isThorough: boolean): Promise<Reading> {
    const seen = this.machine.read();
    const awakeCpuSeconds = this.deps.awakeCore?.cpuSeconds() ?? 0;
    const machine = { ...seen, busySeconds: seen.busySeconds - awakeCpuSeconds };
    const [app, companions, collectorSeconds, clockSeconds, counterSeconds] = await Promise.all([
      this.samplers.app?.read({ thorough: isThorough }) ?? null,
      Promise.all(this.samplers.companions.map(async ({ sampler }) => sampler.read({ thorough: isThorough }))),
      this.deps.collector.cpuSeconds(),
      this.deps.cpuClock.helperCpuSeconds(),
      counterOf(this.deps)?.helperCpuSeconds() ?? 0,
    ]);
    const own = process.cpuUsage();
    const ownCpuSeconds = (own.user + own.system) / 1e6 + collectorSeconds + clockSeconds + counterSeconds;
    return { app, companions, machine, awakeCpuSeconds, ownCpuSeconds };
  }
}

/** Null: instructions are not counted here. */
function counterOf({ instructions }: TrialDeps): InstructionCounter | null {
  return typeof instructions === 'string' ? null : instructions;
}

function toSample(
  second: LoadSecond,
  phase: TrialPhase,
  before: Reading,
  now: Reading,
  companions: readonly { readonly name: string }[],
): Sample {
  const machine = machineSecond(before.machine, now.machine);
  return {
    atSeconds: second.atSeconds,
    phase,
    users: second.users,
    requests: second.requests,
    failures: second.failures,
    latencyMeanMs: second.latencyMeanMs,
    latencyP50Ms: second.latencyP50Ms,
    latencyP95Ms: second.latencyP95Ms,
    latencyP99Ms: second.latencyP99Ms,
    ...(before.app && now.app ? treeSecond(before.app, now.app) : unseenSecond),
    systemCpuCores: machine.cpuCores,
    systemMemoryBytes: machine.memoryBytes,
    systemStealCores: machine.stealCores,
    systemNetworkBytesPerSecond: machine.networkBytesPerSecond,
    companions: Object.fromEntries(
      companions.flatMap(({ name }, index) => {
        const [from, to] = [before.companions[index], now.companions[index]];
        return from && to ? [[name, treeSecond(from, to)]] : [];
      }),
    ),
  };
}
