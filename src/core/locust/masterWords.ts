import * as z from 'zod';

const count = z.int().min(0);
/** Microseconds to how many requests took them. */
const histogramSchema = z.record(z.string(), count);

/** What one worker did in a trial. */
export const workerResultSchema = z.object({
  /** Its requests bear the numbers index, index + step, index + 2 × step, … */
  index: count,
  step: count,
  sent: count,
  /** Numbers of those that got no answer. */
  unanswered: z.array(count),
  /** By endpoint, of the window: what ended in it, and the latencies of the successful requests that began in it. */
  endpoints: z.record(
    z.string(),
    z.object({
      requests: count,
      failures: z.record(z.string(), count),
      bytesIn: z.number(),
      latency: histogramSchema,
    }),
  ),
  samples: z.array(z.object({ endpoint: z.string(), reason: z.string(), body: z.string() })),
  /** By microseconds, how often it was that late with its own work in the window. */
  delays: histogramSchema,
  /** Its own CPU in the window. */
  cpuSeconds: z.number(),
});
export type WorkerResult = z.infer<typeof workerResultSchema>;

/** A line of the master's standard output. */
export const masterWordSchema = z.discriminatedUnion('type', [
  /** Its port is open. */
  z.object({ type: z.literal('ready'), version: z.string(), users: z.array(z.string()) }),
  /** A worker of another Locust has called, and was sent away. */
  z.object({ type: z.literal('refused'), version: z.string() }),
  /** So many workers are there now; `gathered`: as many as were asked for. */
  z.object({ type: z.literal('joined'), workers: count }),
  z.object({ type: z.literal('gathered') }),
  z.object({ type: z.literal('warming') }),
  z.object({ type: z.literal('window'), edge: z.enum(['start', 'end']) }),
  z.object({
    type: z.literal('second'),
    atSeconds: z.number(),
    isMeasured: z.boolean(),
    users: count,
    requests: count,
    failures: count,
    /** Microseconds and how many requests took them, ascending. */
    latency: z.array(z.tuple([count, count])),
  }),
  z.object({
    type: z.literal('done'),
    durationSeconds: z.number(),
    results: z.array(workerResultSchema),
    /** Indexes of workers that were gone before they had told what they did. */
    lost: z.array(count),
    workers: count,
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type MasterWord = z.infer<typeof masterWordSchema>;
export type MasterDone = MasterWord & { readonly type: 'done' };

/** A line of the master's standard input. */
export type MasterOrder =
  | { readonly type: 'gather'; readonly workers: number; readonly waitSeconds: number }
  | {
      readonly type: 'run';
      readonly origin: string;
      readonly prefix: string;
      readonly seed: string;
      readonly users: number;
      readonly spawnRate: number;
      readonly warmupSeconds: number;
      readonly durationSeconds: number;
      /** How many must be there, and how long they are waited for. */
      readonly workers: number;
      readonly waitSeconds: number;
    }
  | { readonly type: 'stop' };
