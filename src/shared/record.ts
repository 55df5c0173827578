import * as z from 'zod';
import { noiseFloorSchema } from './noise/noiseSchemas';
import { outageModes } from './outage';
import { repeatableRequestSchema } from './repeatableRequest';
import { loadSchema } from './scenario';

/** The version of everything that is written to disk. A change of meaning gets a new one and a migration in `core/history`. */
export const schemaVersion = 1;

const finite = z.number();
const count = z.number().min(0);

export const usageSchema = z.object({
  cpuSeconds: z.object({ user: finite, system: finite }).nullable(),
  rssBytes: z.object({ mean: finite, peak: finite }).nullable(),
  pssBytes: finite.nullable(),
  threads: finite.nullable(),
  fds: finite.nullable(),
  contextSwitches: finite.nullable(),
  diskWriteBytes: finite.nullable(),
  processRestarts: count.nullable(),
  /** Executed in user space, by the CPU's own counters; left out: not counted. */
  instructions: count.optional(),
});
/**
 * What a process tree used inside the measured window. `threads` and `fds` are means. Null: not to be had on this platform, or of an app
 * whose processes are out of reach (`plan.control`).
 */
export type Usage = z.infer<typeof usageSchema>;

export const verificationSchema = z.object({
  /** Request events that must arrive (by request id and sample rate); null: no expectation (a comparison of other things than Insights). */
  expected: count.nullable(),
  /** Of those, how many did. */
  received: count,
  missing: count,
  /** Known to have been dropped by the app (queue full). */
  dropped: count,
  duplicates: count,
  /** Events and notices that came after this trial had been judged; they count nowhere else. */
  late: count.optional(),
  notices: count,
  /** Instrumented events of every type, and the app's own. */
  eventsByType: z.record(z.string(), count),
  batches: count,
  bytes: count,
  noticeBytes: count,
  largestBatchBytes: count,
  /** Posts of an outage variant that were refused or left unanswered on purpose. */
  refused: count.optional(),
  ok: z.boolean().nullable(),
  reason: z.string().optional(),
  advice: z.string().optional(),
});
export type Verification = z.infer<typeof verificationSchema>;

export const generatorUsageSchema = z.object({
  cpuSeconds: finite,
  loopDelayP99Ms: finite,
  intendedRate: finite,
  achievedRate: finite,
  /** Of the intended rate, what the generator itself was late with; missing in the first records. */
  lateByGeneratorRate: finite.optional(),
  reconnects: count,
  retries: count,
  /** Of Locust: its workers, and how many of them were gone before the end. */
  workers: count.optional(),
  workersLeft: count.optional(),
});
export type GeneratorUsage = z.infer<typeof generatorUsageSchema>;

export const machineUsageSchema = z.object({
  /** CPU time of a piece of fixed work beside the trial's window, its median and its mean: the machine's speed. Null: no probe here. */
  speedProbeMs: finite.nullable(),
  speedProbeMeanMs: finite.nullable().optional(),
  cpuCores: finite,
  memoryBytes: finite,
  foreignCpuCores: finite,
  stealCores: finite,
  /** Received and sent by all interfaces but `lo`; null: not told by this platform. */
  networkBytesPerSecond: finite.nullable().optional(),
  /** Of the periods of a control group's CPU quota, the share in which it was used up and the run had to wait; left out: no quota. */
  throttledPeriodShare: finite.optional(),
  /** CPU of the loop at idle priority that kept the generator's core awake (`--pin`, capacity): in no other figure; left out: none. */
  awakeCpuSeconds: finite.optional(),
});

export const exitSchema = z.object({
  code: z.number().nullable(),
  signal: z.string().nullable(),
  /** True when we killed it instead of letting it end by itself. */
  forced: z.boolean(),
  /** Why we killed it although nothing was wrong with it: left out, it outlasted the exit wait or the user's patience. */
  forcedReason: z.enum(['exit_wait_measured_once']).optional(),
});
export type Exit = z.infer<typeof exitSchema>;

export const endpointCountsSchema = z.object({
  requests: count,
  failures: count,
  /** How often each reason was seen: `HTTP 500`, `timed out`, `connection refused`, … */
  failureReasons: z.record(z.string(), count),
  bytesIn: count,
  bytesOut: count,
});
export type EndpointCounts = z.infer<typeof endpointCountsSchema>;

const trialHead = {
  variant: z.string(),
  block: z.int(),
  /** Place in the order of all trials of the comparison, from 0. */
  position: z.int(),
  /** 1 in the repetition of a disturbed block; left out in a block's first attempt. */
  attempt: z.int().optional(),
  startedAt: z.string(),
};

export const trialSchema = z.object({
  ...trialHead,
  startupMs: finite,
  readyProbeMs: finite,
  shutdownMs: finite,
  exit: exitSchema,
  durationSeconds: finite,
  /** Answered inside the window (failures included): what CPU is divided by. */
  requests: count,
  /** Sent in the whole trial, warm-up included: what the collector's counts are divided by. */
  requestsSent: count,
  failures: count,
  ...usageSchema.shape,
  companions: z.record(z.string(), usageSchema),
  collectorBytes: count,
  /** HDR V2 base64 in µs, per endpoint, of the successful requests whose (scheduled) start lies in the window. */
  latency: z.record(z.string(), z.string()),
  endpoints: z.record(z.string(), endpointCountsSchema),
  throughputCv: finite,
  latencyCv: finite,
  rssSlopeBytesPerRequest: finite.nullable(),
  /** By queue, messages that waited when the load had ended; left out: there was no queue to look into. */
  backlog: z.record(z.string(), count).optional(),
  /** By table of the trial's own database, the rows gained when everything had ended; left out: it had no server's database. */
  rowsAdded: z.record(z.string(), z.int()).optional(),
  verification: verificationSchema,
  generator: generatorUsageSchema,
  machine: machineUsageSchema,
  cpuClock: z.enum(['posix', 'ticks', 'portable']),
  /** Other processes or other virtual machines took the CPU: its block was repeated, or could not be. */
  disturbed: z.boolean(),
  series: z.string(),
  log: z.string(),
});
/** One variant measured once under the scenario. */
export type Trial = z.infer<typeof trialSchema>;

export const capacityTrialSchema = z.object({
  ...trialHead,
  connections: z.int(),
  durationSeconds: finite,
  requests: count,
  failures: count,
  rps: finite,
  cpuSeconds: z.object({ user: finite, system: finite }).nullable(),
  /** As in a scenario trial. */
  instructions: count.optional(),
  latency: z.record(z.string(), z.string()),
  generator: z.object({ cpuSeconds: finite }),
  /**
   * Relative standard errors of the trial's own figures, as its seconds spread; left out where a second holds too few rounds of the requests
   * to be like the next one, and in records of earlier versions.
   */
  ownError: z.object({ rps: finite, cpuPerRequest: finite.nullable() }).optional(),
  bottleneck: z.enum(['target', 'generator', 'unclear']),
  verification: verificationSchema,
  startupMs: finite,
  shutdownMs: finite,
  exit: exitSchema,
  machine: machineUsageSchema,
  cpuClock: z.enum(['posix', 'ticks', 'portable']),
  /** As in a scenario trial; records of the first version do not have it. */
  disturbed: z.boolean().optional(),
  series: z.string(),
  log: z.string(),
});
/** One variant's closed loop, once. */
export type CapacityTrial = z.infer<typeof capacityTrialSchema>;

const interval = z.object({ low: finite, high: finite });
const estimate = z.object({
  estimate: finite,
  /** The interval that the word comes from, at `level`. */
  low: finite,
  high: finite,
  level: finite,
  interval95: interval,
  /** The 90 % interval of the two one-sided tests (Schuirmann 1987). */
  equivalence: z.object({ low: finite, high: finite, level: finite }),
});
/** An estimate with every interval anything is judged by. Ratios are factors (1.06 = +6 %). */
export type Estimate = z.infer<typeof estimate>;

export const verdictSchema = z.enum(['increase', 'decrease', 'equivalent', 'inconclusive']);
export type Verdict = z.infer<typeof verdictSchema>;

export const effectSchema = z.object({
  metric: z.string(),
  scope: z.object({ kind: z.enum(['total', 'endpoint', 'companion']), name: z.string().optional() }),
  unit: z.string(),
  family: z.enum(['headline', 'secondary', 'exploratory', 'context']),
  baseline: z.string(),
  candidate: z.string(),
  baselineMean: finite,
  candidateMean: finite,
  difference: estimate.nullable(),
  ratio: estimate.nullable(),
  candidateInterval: z.object({ low: finite, high: finite, level: finite }).nullable(),
  /** What was measured, where the figures above are those at equal machine speed. */
  raw: z.object({ difference: estimate.nullable(), ratio: estimate.nullable() }).optional(),
  /** How: each block's log ratio less `slope` × the log of the machine's slowness beside the candidate against the baseline. */
  adjustment: z
    .object({
      by: z.literal('speed_probe'),
      slope: finite,
      slowness: finite,
      /** Of the interval's Student's t; missing in earlier records, whose slope was fixed: blocks − 1. */
      degreesOfFreedom: z.int().optional(),
    })
    .optional(),
  blocks: z.int(),
  /** In the metric's unit. */
  smallestEffect: finite.nullable(),
  /** Null: nothing may be said (fewer than 3 blocks, a value that is only shown). */
  verdict: verdictSchema.nullable(),
  /** Blocks in all that would likely settle an inconclusive one. */
  blocksToSettle: z.int().nullable().optional(),
  note: z.string().optional(),
});
export type Effect = z.infer<typeof effectSchema>;

export const warningSchema = z.object({ code: z.string(), message: z.string(), advice: z.string() });
export type Warning = z.infer<typeof warningSchema>;

export const budgetResultSchema = z.object({
  metric: z.string(),
  limit: z.string(),
  result: z.enum(['pass', 'fail', 'inconclusive']),
});
export type BudgetResult = z.infer<typeof budgetResultSchema>;

export const planSummarySchema = z.object({
  target: z.string(),
  command: z.array(z.string()),
  scenario: z.object({
    name: z.string(),
    behaviour: z.string(),
    load: loadSchema,
    durationSeconds: finite,
  }),
  seed: z.int(),
  /** With `until`: as its first stage has fixed them, before that those of the first stage. */
  blocks: z.int(),
  /** `--until`: the share that half of the 95 % interval of CPU per request's ratio may be, and the blocks of the first stage. */
  until: z.object({ halfWidth: finite, firstBlocks: z.int() }).optional(),
  trialSeconds: finite,
  warmupSeconds: finite,
  capacity: z
    .object({ connections: z.int(), warmupSeconds: finite, durationSeconds: finite, endpoints: z.array(z.string()) })
    .nullable(),
  /** What sent the load of scenario trials; left out: our own generator. */
  locust: z
    .object({
      version: z.string(),
      workers: z.int(),
      /** Of them, those on other machines; left out: none. */
      remoteWorkers: z.int().optional(),
      userClasses: z.array(z.string()),
      isOwnFile: z.boolean(),
    })
    .optional(),
  endpoint: z.string(),
  purpose: z.enum(['comparison', 'aa']),
  companions: z.array(z.string()),
  resets: z.array(z.string()),
  /** An app that is not ours to run: where it answers, and the commands that switched it. Its processes were out of reach. */
  control: z.object({ url: z.string(), start: z.array(z.string()), stop: z.array(z.string()) }).optional(),
  /** `--pin`: the app had one core for itself, everything else of the run the others. */
  pinned: z.boolean().optional(),
  forced: z.boolean(),
  /** The command line that repeats it, random choices included. */
  repeatCommand: z.string(),
  /** The same as a request, for the editor's *Run again*; records of the first version have none. */
  request: repeatableRequestSchema.optional(),
  /** The order that was drawn: one list of trials per block. A repeated block is run in its own order again. */
  order: z.array(z.array(z.object({ variant: z.string(), kind: z.enum(['scenario', 'capacity']) }))),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

const variantCodeSchema = z.object({
  /** As the user called it, and 40 hexadecimal digits; left out: the project's folder as it was. */
  revision: z.string().optional(),
  commit: z.string().optional(),
  /** The files as they were then, on top of that commit. */
  hasChanges: z.boolean().optional(),
  /** What was installed on top: `honeybadger==1.2.4`. */
  requirements: z.array(z.string()),
  /** Versions of the packages that were not the same in every variant. */
  packages: z.record(z.string(), z.string()),
});

const endpointSourceSchema = z.object({ endpoint: z.string(), file: z.string(), line: z.int(), name: z.string() });
export type EndpointSource = z.infer<typeof endpointSourceSchema>;

export const recordSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  id: z.string(),
  createdAt: z.string(),
  tool: z.object({ version: z.string() }),
  status: z.enum(['complete', 'partial', 'invalid']),
  outcomeReason: z.string().optional(),
  headline: z.array(z.string()),
  /** The verdict in words. */
  sentence: z.string(),
  plan: planSummarySchema,
  variants: z.array(
    z.object({
      name: z.string(),
      envFiles: z.array(z.string()),
      envHash: z.string(),
      /** What we added, by name; secrets masked. */
      injected: z.record(z.string(), z.string()),
      /** Honeybadger's configuration as the loaded app holds it, under the variables' names; left out when it could not be read. */
      effective: z.record(z.string(), z.string()).optional(),
      /** The outage that it met; left out: the collector was healthy. */
      outage: z.enum(outageModes).optional(),
      /** Whose code it ran, where that was compared (`--base`, `--set-requirement`). */
      code: variantCodeSchema.optional(),
    }),
  ),
  machine: z.object({ host: z.string(), os: z.string(), cpu: z.string(), cores: z.int(), memoryBytes: finite }),
  software: z.object({
    python: z.string().nullable(),
    framework: z.string().nullable(),
    server: z.string().nullable(),
    honeybadger: z.string().nullable(),
    gitCommit: z.string().nullable(),
    gitBranch: z.string().nullable(),
    dirty: z.boolean().nullable(),
  }),
  /**
   * By endpoint, where the code that answers it stands: `file` below the folder that was run, with slashes; `line` from 1; `name` of the
   * function, method or class. Left out for an app that could not be looked into.
   */
  sources: z.array(endpointSourceSchema).optional(),
  trials: z.array(trialSchema),
  capacity: z.array(capacityTrialSchema),
  effects: z.array(effectSchema),
  /** With three variants or more: each against the one named before it, from the third on. Exploratory, never judged together with the effects. */
  steps: z.array(effectSchema).optional(),
  /** What this target against itself showed on this machine, when `aa` was run before (in an A/A record: this run with those before it). */
  noise: noiseFloorSchema.optional(),
  warnings: z.array(warningSchema),
  budgets: z.array(budgetResultSchema),
});
/** The truth about one comparison: everything shown or written is a function of it (`comparison.insights.json`). */
export type ComparisonRecord = z.infer<typeof recordSchema>;

export const summarySchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  id: z.string(),
  createdAt: z.string(),
  status: z.enum(['complete', 'partial', 'invalid']),
  target: z.string(),
  scenario: z.string(),
  purpose: z.enum(['comparison', 'aa']),
  label: z.string(),
  verdict: verdictSchema.nullable(),
  /** The verdict as its metric's direction has it; summaries of the first version have none. */
  tone: z.enum(['worse', 'better', 'neutral']).optional(),
  branch: z.string().nullable(),
  commit: z.string().nullable(),
});
/** What a list shows of a record, in a few hundred bytes (`summary.json`). */
export type RecordSummary = z.infer<typeof summarySchema>;

const headlineEffectSchema = z.object({
  metric: z.string(),
  candidate: z.string(),
  /** In percent of the baseline, with the interval that the word comes from; null: no interval. */
  change: z.object({ estimate: finite, low: finite, high: finite }).nullable(),
  verdict: verdictSchema.nullable(),
});
/** What a trend shows of a headline effect. */
export type HeadlineEffect = z.infer<typeof headlineEffectSchema>;

/** The headline effects of a complete comparison by themselves (`headline.json`): a trend reads a hundred of them, a list of runs none. */
export const headlineSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  effects: z.array(headlineEffectSchema),
});
