import type { TrialPhase } from '../../shared/events';
import type { VariantPlan } from '../../shared/plan';
import type { Exit } from '../../shared/record';
import type { ManagedProcess } from '../target/processes';

/** `full`: the app may take as long as it takes, and the wait is shown. `known`: how long was measured before, so it is cut short. */
export type ExitWait = 'full' | 'known';

export interface LiveTargetOptions {
  readonly variant: VariantPlan;
  readonly position: number;
  readonly hashSeed: number;
  readonly logFile: string;
  /** Called when all is prepared and before anything is started; what it rejects with, `openTarget` does. */
  readonly beforeStart?: (given: GivenToApp) => Promise<void>;
  readonly exitWait: ExitWait;
  readonly onPhase: (phase: TrialPhase) => void;
  readonly onLine: (source: string, line: string) => void;
  readonly onExitWait: (process: string, elapsedSeconds: number, limitSeconds: number) => void;
}

/** What the app's process is about to be given. */
export interface GivenToApp {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** One variant's app and its companions: up, ready, in a state of their own. Whoever opened it closes it. */
export interface LiveTarget {
  readonly origin: string;
  /** Null: it is not ours to run, and its processes are out of reach. */
  readonly app: ManagedProcess | null;
  readonly companions: readonly ManagedProcess[];
  readonly startupMs: number;
  readonly readyProbeMs: number;
  readonly apiKey: string;
  readonly requestIdPrefix: string;
  /** How many messages wait in each queue of its own broker at this moment; null: it has none that can be looked into. */
  backlog(): Promise<Readonly<Record<string, number>> | null>;
  /** Rejects when the app or a companion ends before `close` was called. */
  watch(signal: AbortSignal): Promise<void>;
  close(): Promise<Closed>;
}

export interface Closed {
  readonly exit: Exit;
  readonly shutdownMs: number;
  /** By table, the rows that its own database had gained by then; null: it had none that can be looked into. */
  readonly rowsAdded: Readonly<Record<string, number>> | null;
}
