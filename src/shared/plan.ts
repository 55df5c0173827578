import type { Behaviour, RequestSpec } from './behaviour';
import type { Endpoint } from './endpoint';
import type { OutageMode } from './outage';
import type { Reset } from './projectFile';
import type { RepeatableRequest } from './repeatableRequest';
import type { Load } from './scenario';

/**
 * One comparison, fully resolved: nothing is looked up or defaulted after this.
 * Holds environment values, secrets included: it never leaves the engine; the record gets `summarisePlan` of it.
 */
export interface Plan {
  readonly folder: string;
  readonly target: TargetPlan;
  /** The first is the baseline. */
  readonly variants: readonly VariantPlan[];
  readonly scenario: ScenarioPlan;
  readonly behaviour: Behaviour;
  /** Nobody named a behaviour: the one here stands in until the app's own routes are known, which take its place in the preflight. */
  readonly isBehaviourOpen: boolean;
  /** Null when left out by `--no-capacity`. */
  readonly capacity: CapacityPlan | null;
  readonly blocks: number;
  /** `--until`: the first blocks fix how many there are in all. */
  readonly until?: UntilPlan | undefined;
  readonly trialSeconds: number;
  readonly warmupSeconds: number;
  readonly seed: number;
  readonly headline: readonly string[];
  readonly smallestEffects: Readonly<Record<string, SmallestEffect>>;
  readonly budgets: readonly string[];
  /** What sends the load of scenario trials; null: our own generator. */
  readonly locust: LocustPlan | null;
  /** Servers that are started for the run; null: none. */
  readonly stack: StackPlan | null;
  readonly endpoint: Endpoint;
  /** How many events may be sent where they count against a quota; null: none. */
  readonly acceptedEvents: number | null;
  /** `comparison`, or the baseline against itself. */
  readonly purpose: 'comparison' | 'aa';
  /** The app has one core for itself, everything else of the run the others. */
  readonly isPinned: boolean;
  readonly isForced: boolean;
  /** The command line that repeats it. */
  readonly repeatCommand: string;
  /** The same as a request. */
  readonly request: RepeatableRequest;
}

export interface LocustPlan {
  /** Worker processes on this machine. */
  readonly workers: number;
  /** Those on other machines, which somebody starts there; null: none. */
  readonly remote: RemoteWorkers | null;
  /** The user's own Locust file, absolute; null: one is made of the behaviour. */
  readonly file: string | null;
  /** Of its user classes these alone, empty: all; once it runs those that there are. */
  readonly userClasses: readonly string[];
  /** Once it runs. */
  readonly version?: string;
}

export interface RemoteWorkers {
  readonly count: number;
  /** Where the master listens for them: an address of this machine. */
  readonly host: string;
  readonly port: number;
}

/** `private`: a MariaDB and a Redis of the run alone. `commands`: the user's own. */
export type StackPlan =
  | { readonly type: 'private'; readonly name: string }
  | {
      readonly type: 'commands';
      readonly name: string;
      readonly start: readonly string[] | null;
      readonly stop: readonly string[] | null;
      readonly environment: Readonly<Record<string, string>>;
      readonly cwd: string;
    };

/** Stein's two-stage procedure, asked for with `--until`. */
export interface UntilPlan {
  /** What half of the 95 % interval of CPU per request's ratio may be, as a share (0.02 = ±2 %), for every candidate. */
  readonly halfWidth: number;
  /** Blocks of the first stage, whose spread fixes the number of all. */
  readonly firstBlocks: number;
}

/** The larger of the two counts. `relative` is a share of the baseline (0.02 = 2 %), `absolute` in the metric's unit. */
export interface SmallestEffect {
  readonly relative?: number;
  readonly absolute?: number;
}

export interface TargetPlan {
  readonly name: string;
  /** Program and arguments with `{python} {port} {state} {target}` still in them: they are filled in per trial. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly host: string;
  /** 0: a free port is taken for each trial. */
  readonly port: number;
  readonly readyPath: string;
  /** Whether an error's answer (404, 401) shows too that it is up: nobody has named a path that it has. */
  readonly isAnyAnswerReady: boolean;
  readonly readyTimeoutSeconds: number;
  readonly prepare: readonly (readonly string[])[];
  readonly reset: Reset | null;
  /** The folder of which each trial gets a copy to run in, absolute; null: it runs in place. `cwd` lies within it. */
  readonly projectFolder: string | null;
  readonly companions: readonly CompanionPlan[];
  /** Absolute path of the interpreter that fills `{python}`, and where it was found. */
  readonly python: { readonly path: string; readonly origin: string };
  readonly framework: 'flask' | 'django' | 'unknown';
  /** How an app that is not ours to run is switched from variant to variant; left out: `command` starts it, and its processes are ours. */
  readonly control?: TargetControl | undefined;
}

/** Commands of the user's for an app whose processes are out of reach: on another machine, in a container, under a service manager. */
export interface TargetControl {
  /** Has the app run as the variant in its environment says, and ends when that is done. The target's `command` are its words too. */
  readonly start: readonly string[];
  /** Ends the app, and itself when that is done: by then the app has sent what it had queued. */
  readonly stop: readonly string[];
  /** How the app reaches our collector; null: it does not, and nothing of its telemetry can be verified. */
  readonly collectorUrl: string | null;
}

export interface CompanionPlan {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  /** Regular expression source; null: ready as soon as it runs. */
  readonly readyLog: string | null;
}

export interface VariantPlan {
  readonly name: string;
  /** As written by the user, later wins; relative to the project's folder. */
  readonly envFiles: readonly string[];
  /** What the target gets on top of the inherited environment: env files, then `set`, then `--env`. May hold secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the user's files say of Insights in this variant; null: nothing. */
  readonly insightsEnabled: boolean | null;
  /** The outage that this variant meets; left out: the collector is healthy. */
  readonly outage?: OutageMode | undefined;
  /** The code and packages that it runs; left out: the project's folder and the user's interpreter as they are. */
  readonly code?: CodePlan | undefined;
}

export interface CodePlan {
  /** `isWorkTree`: the files as they are now, on top of that commit. Null: the project's folder. */
  readonly revision: (Revision & { readonly isWorkTree: boolean }) | null;
  /** Requirement specifiers (PEP 508) that are installed on top of all else: `honeybadger==1.2.4`. */
  readonly requirements: readonly string[];
}

/** A commit of a repository, and what the user calls it. */
export interface Revision {
  /** Top folder of the work tree, absolute. */
  readonly repository: string;
  /** As written: `main`, `HEAD~2`. */
  readonly name: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
}

export interface ScenarioPlan {
  readonly name: string;
  readonly load: Load;
  readonly behaviourName: string;
  readonly durationSeconds: number;
  /** `quick` lowers its rate to half of what the app can serve. */
  readonly isRateAdaptive: boolean;
}

export interface CapacityPlan {
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly durationSeconds: number;
  readonly behaviourName: string;
  /** The requests that are cycled through: those of the behaviour whose method is allowed. */
  readonly requests: readonly RequestSpec[];
}
