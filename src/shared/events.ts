import type { Exit, PlanSummary, Verification, Warning } from './record';

export type TrialKind = 'scenario' | 'capacity';

/** The phases of a trial, in their order. */
export const trialPhases = [
  'resetting',
  'starting',
  'warming',
  'measuring',
  'draining',
  'stopping',
  'verifying',
  'done',
] as const;
export type TrialPhase = (typeof trialPhases)[number];

export interface TrialRef {
  /** From 0, over the whole comparison. */
  readonly position: number;
  readonly of: number;
  readonly block: number;
  readonly blocks: number;
  /** 1 in the repetition of a disturbed block; left out in a block's first attempt. */
  readonly attempt?: number;
  readonly variant: string;
  readonly kind: TrialKind;
}

/**
 * What one process tree did in a second. Null: not told by this platform, not read in this second, or out of reach; left out: a
 * series of an earlier version.
 */
export interface TreeSecond {
  readonly cpuCores: number | null;
  readonly rssBytes: number | null;
  readonly threads: number | null;
  readonly fds: number | null;
  /** Read every fifth second. */
  readonly pssBytes?: number | null;
  readonly contextSwitchesPerSecond?: number | null;
  /** Left out where they are not counted. */
  readonly instructionsPerSecond?: number;
  readonly diskWriteBytesPerSecond?: number | null;
}

/** One second of a trial: the target's process tree, the load and the machine. Latencies are null in a second without an answer. */
export interface Sample extends TreeSecond {
  /** Seconds since the load started; negative times do not occur. */
  readonly atSeconds: number;
  readonly phase: TrialPhase;
  readonly users: number;
  readonly requests: number;
  readonly failures: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly latencyMeanMs: number | null;
  readonly systemCpuCores: number;
  readonly systemMemoryBytes: number;
  readonly systemStealCores?: number | null;
  readonly systemNetworkBytesPerSecond?: number | null;
  readonly companions: Readonly<Record<string, TreeSecond>>;
}

/** An estimate while the run is on: a band, never a verdict word (no peeking). */
export interface RunningEstimate {
  readonly metric: string;
  readonly candidate: string;
  readonly blocks: number;
  readonly difference: number | null;
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export type RunOutcome = 'complete' | 'partial' | 'invalid' | 'failed';

/**
 * What a run tells the world while it is on. Terminal, NDJSON pipe, panel, tree and status bar live on this union alone.
 * `atMs` is Unix time. The last event of a run is `run-finished`, exactly one, after clean-up.
 */
export type RunEvent = { readonly atMs: number } & (
  | { readonly type: 'run-started'; readonly targets: readonly string[]; readonly estimatedSeconds: number }
  | {
      readonly type: 'comparison-started';
      readonly id: string;
      readonly folder: string;
      readonly plan: PlanSummary;
      readonly variants: readonly string[];
      readonly estimatedSeconds: number;
    }
  | {
      readonly type: 'preflight';
      readonly check: string;
      readonly state: 'running' | 'ok' | 'failed';
      readonly message: string;
    }
  | { readonly type: 'trial-started'; readonly trial: TrialRef }
  | { readonly type: 'phase'; readonly trial: TrialRef; readonly phase: TrialPhase; readonly seconds: number | null }
  | { readonly type: 'sample'; readonly trial: TrialRef; readonly sample: Sample }
  | {
      readonly type: 'exit-wait';
      readonly process: string;
      readonly elapsedSeconds: number;
      readonly limitSeconds: number;
    }
  | {
      readonly type: 'trial-finished';
      readonly trial: TrialRef;
      readonly requests: number;
      readonly failures: number;
      readonly verification: Verification;
      readonly exit: Exit;
      /** Others took the CPU: its block will be repeated, as far as that is bounded. */
      readonly disturbed?: boolean;
    }
  /** With `--until`: the first stage has fixed how many blocks there are. Nothing in it tells of the effects. */
  | { readonly type: 'plan-changed'; readonly plan: PlanSummary; readonly message: string }
  | { readonly type: 'estimates'; readonly estimates: readonly RunningEstimate[] }
  | {
      readonly type: 'progress';
      readonly elapsedSeconds: number;
      readonly remainingSeconds: number;
      readonly fraction: number;
    }
  | { readonly type: 'warning'; readonly warning: Warning }
  | { readonly type: 'log'; readonly source: string; readonly line: string }
  | { readonly type: 'stopping'; readonly reason: string }
  | {
      readonly type: 'comparison-finished';
      readonly id: string;
      readonly outcome: RunOutcome;
      readonly exitCode: number;
      readonly recordPath: string | null;
      readonly reportPaths: readonly string[];
      readonly sentence: string | null;
      readonly error?: { readonly message: string; readonly hint?: string };
    }
  | {
      readonly type: 'run-finished';
      readonly exitCode: number;
      readonly error?: { readonly message: string; readonly hint?: string };
    }
);
export type RunEventBody = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'atMs'> : never) : never;
