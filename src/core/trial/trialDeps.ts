import { isCollector, type Endpoint } from '../../shared/endpoint';
import type { Plan } from '../../shared/plan';
import type { VariantCode } from '../code/variantCode';
import type { Collector } from '../collector/startCollector';
import type { LocustEngine } from '../locust/openLocust';
import type { AwakeCore } from '../sample/awakeCore';
import type { InstructionCounter, NoInstructions } from '../sample/instructionCounter';
import type { SpeedProbe } from '../sample/speedProbe';
import type { CpuClock } from '../sample/treeSampler';
import type { Guard, ManagedProcess } from '../target/processes';
import type { Pinning } from '../target/pinning';
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
  /** Counts what the target executes, or why nothing does. */
  readonly instructions: InstructionCounter | NoInstructions;
  readonly speedProbe: SpeedProbe;
  readonly collector: Collector;
  /** SSL_CERT_FILE and the like, so that the app's Python trusts the collector; the same in every variant. */
  readonly trustEnvironment: Readonly<Record<string, string>>;
  /** What the target inherits: the user's environment without what is ours. */
  readonly inheritedEnvironment: Readonly<Record<string, string>>;
  /** For our own helper processes. Carries the run's tag. */
  readonly toolEnvironment: Readonly<Record<string, string>>;
  readonly generatorEntry: string;
  /** Sends the load of scenario trials; left out: our own generator does. */
  readonly locust?: LocustEngine;
  /** A folder of this run, removed at its end, whatever ends it. */
  readonly workFolder: string;
  /** Databases on servers, one for each trial; null: the target's state needs none. */
  readonly serverState: ServerState | null;
  /** Which core the app has for itself; null: it runs wherever the scheduler puts it. */
  readonly pinning: Pinning | null;
  /** Where the closed loop's generator runs, kept from sleeping meanwhile; null: wherever the scheduler puts it. */
  readonly awakeCore: AwakeCore | null;
  /** Servers that run for all of the trials. */
  readonly stack: Stack;
  /** What each variant's processes run, by name; never empty. */
  readonly codes: ReadonlyMap<string, VariantCode>;
  /** Letters and digits that mark this run in request ids and API keys. */
  readonly runKey: string;
  /** Every variant's environment is padded to this many bytes. */
  readonly environmentBytes: number;
  /** What is in force in the loaded app, by variant, where it could be read back; left out before the rehearsals. */
  readonly effective?: ReadonlyMap<string, InspectedApp>;
  /** Aborts when the user will not wait for the app's exit any longer. */
  readonly force: AbortSignal;
}

/** The code of a variant. */
export function codeOf({ codes }: Pick<TrialDeps, 'codes'>, variant: string): VariantCode {
  const code = codes.get(variant);
  if (!code) throw new Error(`No code was opened for ${variant}`);
  return code;
}

/** The same, with all telemetry for our own collector; an app that does not reach it sends where it always does. */
export function toCollector(deps: TrialDeps): TrialDeps {
  return isCollector(deps.endpoint) || isCollectorUnreached(deps) ? deps : { ...deps, endpoint: 'local' };
}

export function isCollectorUnreached({ plan }: Pick<TrialDeps, 'plan'>): boolean {
  return plan.target.control?.collectorUrl === null;
}
