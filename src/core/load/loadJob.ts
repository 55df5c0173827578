import type { Behaviour, RequestSpec } from '../../shared/behaviour';
import type { Load } from '../../shared/scenario';
import type { EndpointCounts } from '../../shared/record';

/** What the generator process is asked to do: its first IPC message. Plain data. */
export type LoadJob = ScenarioJob | CapacityJob;

interface CommonJob {
  /** `http://127.0.0.1:5000`, without a trailing slash. */
  readonly origin: string;
  /** Every request carries `X-Request-ID: <prefix>-<n>`, n from 0 in order of sending: letters, digits and hyphens only. */
  readonly requestIdPrefix: string;
  readonly warmupSeconds: number;
  readonly durationSeconds: number;
  readonly timeoutSeconds: number;
}

export interface ScenarioJob extends CommonJob {
  readonly kind: 'scenario';
  readonly load: Load;
  readonly behaviour: Behaviour;
  /** Random streams are hash(seed, block, user, purpose): the same for every variant of a block. */
  readonly seed: number;
  readonly block: number;
}

export interface CapacityJob extends CommonJob {
  readonly kind: 'capacity';
  readonly connections: number;
  /** Cycled through in the order of sending, over all connections; templates are filled in from hash(seed, block, …). */
  readonly requests: readonly RequestSpec[];
  readonly headers: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly block: number;
}

/** Engine → generator. `stop` ends the load at once and still yields a result. */
export type GeneratorRequest = { readonly type: 'run'; readonly job: LoadJob } | { readonly type: 'stop' };

/** Generator → engine. `window` marks the edges of the measured window at the moment they happen. */
export type GeneratorReply =
  | { readonly type: 'ready' }
  | { readonly type: 'warming' }
  | { readonly type: 'window'; readonly edge: 'start' | 'end' }
  | { readonly type: 'second'; readonly second: LoadSecond }
  | { readonly type: 'done'; readonly result: LoadResult }
  | { readonly type: 'failed'; readonly message: string; readonly stack?: string };

/** One second of load, by completion time. `atSeconds` since the load started. */
export interface LoadSecond {
  readonly atSeconds: number;
  readonly isMeasured: boolean;
  readonly users: number;
  readonly requests: number;
  readonly failures: number;
  readonly latencyMeanMs: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
}

export interface LoadResult {
  /** True length of the window (shorter than asked when stopped). */
  readonly durationSeconds: number;
  /** Completions inside the window, failures included. */
  readonly requests: number;
  readonly failures: number;
  readonly endpoints: Readonly<Record<string, EndpointCounts>>;
  /** HDR V2 base64 in µs per endpoint: successful requests whose (scheduled) start lies in the window. */
  readonly latency: Readonly<Record<string, string>>;
  /** Of the whole job, warm-up included. Ids prefix-0 … prefix-(sent−1) were sent; of `unanswered` no answer came. */
  readonly requestIds: { readonly sent: number; readonly unanswered: readonly number[] };
  /** Requests due in the window, per second. */
  readonly intendedRate: number;
  /** Of those, the ones that left no more than 20 ms late. */
  readonly achievedRate: number;
  /** Of those, the ones that the generator itself was late with; the others that are missing had to wait for the target's answers. */
  readonly lateByGeneratorRate: number;
  readonly reconnects: number;
  /** Requests sent again because a kept connection was closed before the first byte of an answer. */
  readonly retries: number;
  /** The generator process's own CPU inside the window. */
  readonly cpuSeconds: number;
  readonly loopDelayP99Ms: number;
  /** Bytes of requests and answers inside the window. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** Of a distributed load: its workers, and how many of them were gone before the end; left out: it had none. */
  readonly workers?: number;
  readonly workersLeft?: number;
  /** The first few failures, for the user: what was asked, what came. */
  readonly failureSamples: readonly { readonly endpoint: string; readonly reason: string; readonly body: string }[];
}
