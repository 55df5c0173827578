import { privateServerNames } from '../../shared/privateServerNames';
import { computeEffects, type EffectsInput } from '../../shared/effects/computeEffects';
import { computeSteps } from '../../shared/effects/computeSteps';
import { judgeBudgets } from '../../shared/effects/judgeBudgets';
import { endpointName } from '../../shared/endpoint';
import type { NoiseFloor } from '../../shared/noise/noiseSchemas';
import { isHealthy } from '../../shared/outage';
import type { Plan, TargetControl } from '../../shared/plan';
import {
  schemaVersion,
  type CapacityTrial,
  type ComparisonRecord,
  type Trial,
  type Warning,
} from '../../shared/record';
import { verdictSentence } from '../../shared/words/verdictSentence';
import type { PlannedTrial } from './drawOrder';
import { trialWarnings } from './trialWarnings';

/** All that is known of a comparison so far. */
export interface ComparisonState {
  readonly id: string;
  readonly createdAt: string;
  readonly toolVersion: string;
  readonly plan: Plan;
  readonly order: readonly (readonly PlannedTrial[])[];
  readonly variants: ComparisonRecord['variants'];
  readonly machine: ComparisonRecord['machine'];
  readonly software: ComparisonRecord['software'];
  readonly trials: readonly Trial[];
  readonly capacity: readonly CapacityTrial[];
  readonly warnings: readonly Warning[];
  /** Where the code of each endpoint stands; left out before the rehearsals. */
  readonly sources?: ComparisonRecord['sources'];
  /** What A/A runs showed; null or left out: nothing is known. */
  readonly noise?: NoiseFloor | null;
  readonly status: ComparisonRecord['status'];
  readonly outcomeReason?: string;
}

/** The record of a comparison in any state of completion: pure, so that a crash after any trial leaves a sound one. */
export function buildRecord(state: ComparisonState): ComparisonRecord {
  const { plan } = state;
  const measured: EffectsInput = {
    trials: state.trials,
    capacity: state.capacity,
    variants: plan.variants.map(({ name }) => name),
    headline: plan.headline,
    smallestEffects: plan.smallestEffects,
    seed: plan.seed,
    firstBlocks: plan.until?.firstBlocks,
  };
  const effects = computeEffects(measured);
  // An outage is no rung of the ladder: it stands beside the variant that it befalls.
  const rungs = plan.variants.filter(isHealthy).map(({ name }) => name);
  const steps = computeSteps({ ...measured, variants: rungs });
  const draft: ComparisonRecord = {
    schemaVersion,
    id: state.id,
    createdAt: state.createdAt,
    tool: { version: state.toolVersion },
    status: state.status,
    ...(state.outcomeReason === undefined ? {} : { outcomeReason: state.outcomeReason }),
    headline: [...plan.headline],
    sentence: '',
    plan: summarisePlan(plan, state.order),
    variants: state.variants,
    machine: state.machine,
    software: state.software,
    trials: [...state.trials],
    capacity: [...state.capacity],
    effects,
    ...(steps.length === 0 ? {} : { steps }),
    ...(state.sources === undefined || state.sources.length === 0 ? {} : { sources: state.sources }),
    ...(state.noise ? { noise: state.noise } : {}),
    warnings: [...state.warnings, ...trialWarnings(plan, state.trials, state.capacity)],
    budgets: judgeBudgets(plan.budgets, effects),
  };
  return { ...draft, sentence: verdictSentence(draft) };
}

function controlSummary(
  { host, port }: Plan['target'],
  { start, stop }: TargetControl,
): NonNullable<ComparisonRecord['plan']['control']> {
  return { url: `http://${host}:${port}`, start: [...start], stop: [...stop] };
}

/** What the record tells of the plan: everything that repeats the run, no value that could be a secret. */
export function summarisePlan(plan: Plan, order: ComparisonState['order']): ComparisonRecord['plan'] {
  return {
    target: plan.target.name,
    command: [...plan.target.command],
    scenario: {
      name: plan.scenario.name,
      behaviour: plan.scenario.behaviourName,
      load: { ...plan.scenario.load },
      durationSeconds: plan.scenario.durationSeconds,
    },
    seed: plan.seed,
    blocks: plan.blocks,
    ...(plan.until ? { until: { ...plan.until } } : {}),
    trialSeconds: plan.trialSeconds,
    warmupSeconds: plan.warmupSeconds,
    capacity: plan.capacity && {
      connections: plan.capacity.connections,
      warmupSeconds: plan.capacity.warmupSeconds,
      durationSeconds: plan.capacity.durationSeconds,
      endpoints: [...new Set(plan.capacity.requests.map(({ name }) => name))],
    },
    ...(plan.locust?.version === undefined
      ? {}
      : {
          locust: {
            version: plan.locust.version,
            workers: plan.locust.workers + (plan.locust.remote?.count ?? 0),
            ...(plan.locust.remote === null ? {} : { remoteWorkers: plan.locust.remote.count }),
            userClasses: [...plan.locust.userClasses],
            isOwnFile: plan.locust.file !== null,
          },
        }),
    endpoint: endpointName(plan.endpoint),
    purpose: plan.purpose,
    companions: [
      ...plan.target.companions.map(({ name }) => name),
      ...(plan.stack?.type === 'private' ? privateServerNames : []),
    ],
    resets: Object.keys(plan.target.reset ?? {}),
    ...(plan.target.control ? { control: controlSummary(plan.target, plan.target.control) } : {}),
    ...(plan.isPinned ? { pinned: true } : {}),
    forced: plan.isForced,
    repeatCommand: plan.repeatCommand,
    request: plan.request,
    order: order.map((block) => block.map((trial) => ({ ...trial }))),
  };
}
