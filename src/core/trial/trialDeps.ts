import { isCollector, type Endpoint } from '../../shared/endpoint';
import type { Plan } from '../../shared/plan';
import type { Collector } from '../collector/startCollector';
import type { SpeedProbe } from '../sample/speedProbe';
import type { CpuClock } from '../sample/treeSampler';
import type { Guard, ManagedProcess } from '../target/processes';
import type { Pinning } from '../target/pinning';
import type { ProjectCopy } from '../target/projectCopy';
import type { ServerState } from '../target/serverState';
import type { InspectedApp } from '../inspect/inspectApp';

/** Servers of the run: what every variant is told of them, and those that are measured beside the app. */
export interface Stack {
  readonly environment: Readonly<Record<string, string>>;
  readonly processes: readonly ManagedProcess[];
}

/** What every trial of a comparison shares: made once, before the first of them. */
export interface TrialDeps {
  readonly plan: Plan;
  /** Where what is started sends its telemetry: the plan's, but for preparations and rehearsals, whose telemetry our collector gets. */
  readonly endpoint: Endpoint;
  readonly guard: Guard;
  readonly cpuClock: CpuClock;
  readonly speedProbe: SpeedProbe;
  readonly collector: Collector;
  /** SSL_CERT_FILE and the like, so that the app's Python trusts the collector; the same in every variant. */
  readonly trustEnvironment: Readonly<Record<string, string>>;
  /** What the target inherits: the user's environment without what is ours. */
  readonly inheritedEnvironment: Readonly<Record<string, string>>;
  /** For our own helper processes. Carries the run's tag. */
  readonly toolEnvironment: Readonly<Record<string, string>>;
  readonly generatorEntry: string;
  /** A folder of this run, removed at its end, whatever ends it. */
  readonly workFolder: string;
  readonly templateFolder: string;
  /** Databases on servers, one for each trial; null: the target's state needs none. */
  readonly serverState: ServerState | null;
  /** Which core the app has for itself; null: it runs wherever the scheduler puts it. */
  readonly pinning: Pinning | null;
  /** Servers that run for all of the trials. */
  readonly stack: Stack;
  /** The copy of the project that trials run in; null: they run in place. */
  readonly project: ProjectCopy | null;
  /** Python's bytecode goes here instead of into the user's folders. */
  readonly bytecodeFolder: string;
  /** Letters and digits that mark this run in request ids and API keys. */
  readonly runKey: string;
  /** Every variant's environment is padded to this many bytes. */
  readonly environmentBytes: number;
  /** What is in force in the loaded app, by variant, where it could be read back; left out before the rehearsals. */
  readonly effective?: ReadonlyMap<string, InspectedApp>;
  /** Aborts when the user will not wait for the app's exit any longer. */
  readonly force: AbortSignal;
}

/** The same, with all telemetry for our own collector. */
export function toCollector(deps: TrialDeps): TrialDeps {
  return isCollector(deps.endpoint) ? deps : { ...deps, endpoint: 'local' };
}
