import { behaviourSchema, type Behaviour, type BehaviourInput } from '../../shared/behaviour';
import { builtinBehaviours, builtinScenarios } from '../../shared/builtins';
import type { ScenarioPlan, UntilPlan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { scenarioSchema, type Load, type ScenarioSpec } from '../../shared/scenario';
import { UserError } from '../../shared/userError';
import { nearestOf } from './nearestOf';
import { resolveSchedule } from './resolveSchedule';

export const defaultScenarioName = 'light_load';
const defaultWarmupSeconds = 5;
const usualTrialSeconds = 20;
/** `quick` is a first look: three trials of 10 s. */
const quickTrialSeconds = 10;
/** The first stage of `--until`. */
const fewestFirstBlocks = 6;

export interface ResolvedScenario {
  readonly scenario: ScenarioPlan;
  readonly behaviour: Behaviour;
  readonly blocks: number;
  readonly until: UntilPlan | undefined;
  readonly trialSeconds: number;
  readonly warmupSeconds: number;
  readonly note: string | null;
}

/** Which behaviour stands in when nobody named one: the built-in users for a project that knows them, else what fits the app. */
export interface BehaviourFallback {
  readonly name: string;
  readonly behaviour: BehaviourInput;
}

/** The scenario asked for, with the request's own figures over it. Throws `UserError` for unknown names and contradictions. */
export function resolveScenario(
  request: RunRequest,
  project: ProjectFile,
  fallback: BehaviourFallback,
): ResolvedScenario {
  const name = request.scenario ?? defaultScenarioName;
  const spec = project.scenarios[name] ?? builtinScenarios[name];
  if (!spec) {
    const known = [...Object.keys(project.scenarios), ...Object.keys(builtinScenarios)];
    const isTarget = name === 'all' || Object.hasOwn(project.targets, name);
    const hint = isTarget
      ? `${name} names what to run. The scenario comes before it: ${defaultScenarioName} ${name}.`
      : nearestOf(name, known);
    throw new UserError('usage', `There is no scenario ${name}`, { hint });
  }
  const parsed = scenarioSchema.parse(spec);
  const isQuick = name === 'quick' && !project.scenarios['quick'];
  const schedule = resolveSchedule({
    durationSeconds: request.durationSeconds,
    blocks:
      request.blocks ??
      (request.durationSeconds === undefined && request.trialSeconds === undefined ? parsed.blocks : undefined),
    trialSeconds:
      request.trialSeconds ??
      (request.durationSeconds === undefined && request.blocks === undefined ? parsed.trialSeconds : undefined),
    scenarioDurationSeconds: parsed.durationSeconds,
    usualTrialSeconds: parsed.trialSeconds ?? (isQuick ? quickTrialSeconds : scenarioTrial(parsed)),
  });
  const { until } = request;
  // Fewer blocks tell too little of the spread: with 3, Stein's procedure asks for nearly three times as many as with 6.
  const blocks = until === undefined ? schedule.blocks : Math.max(fewestFirstBlocks, schedule.blocks);
  const behaviourName = request.behaviour ?? parsed.behaviour ?? fallback.name;
  return {
    scenario: {
      name,
      load: resolveLoad(request, parsed),
      behaviourName,
      durationSeconds: blocks * schedule.trialSeconds,
      isRateAdaptive: isQuick && request.users === undefined && request.ratePerSecond === undefined,
    },
    behaviour: resolveBehaviour(behaviourName, project, fallback),
    blocks,
    until: until === undefined ? undefined : { halfWidth: until, firstBlocks: blocks },
    trialSeconds: schedule.trialSeconds,
    warmupSeconds: request.warmupSeconds ?? parsed.warmupSeconds ?? defaultWarmupSeconds,
    note: schedule.note,
  };
}

function scenarioTrial(spec: ScenarioSpec): number {
  return spec.blocks === undefined ? usualTrialSeconds : spec.durationSeconds / spec.blocks;
}

/** The behaviour of that name: the project's own before the built-in. Throws `UserError` when there is none. */
export function resolveBehaviour(name: string, project: ProjectFile, fallback: BehaviourFallback): Behaviour {
  const input =
    project.behaviours[name] ?? (name === fallback.name ? fallback.behaviour : undefined) ?? builtinBehaviours[name];
  if (!input) {
    const known = [...Object.keys(project.behaviours), ...Object.keys(builtinBehaviours)];
    throw new UserError('usage', `There is no behaviour ${name}`, { hint: nearestOf(name, known) });
  }
  return behaviourSchema.parse(input);
}

function resolveLoad(request: RunRequest, spec: ScenarioSpec): Load {
  const hasUsers = request.users !== undefined || request.spawnRatePerSecond !== undefined;
  if (hasUsers && request.ratePerSecond !== undefined) {
    throw new UserError('usage', '--users and --rate contradict each other', {
      hint: 'Simulated users with think time (--users N --spawn-rate N), or arrivals at a fixed rate (--rate N).',
    });
  }
  const arrivals = request.arrivals ?? ('ratePerSecond' in spec ? spec.arrivals : 'even');
  if (request.ratePerSecond !== undefined) return { type: 'rate', ratePerSecond: request.ratePerSecond, arrivals };
  if (hasUsers || 'users' in spec) {
    const users = request.users ?? ('users' in spec ? spec.users : undefined);
    if (users === undefined) throw new UserError('usage', '--spawn-rate needs --users', { hint: 'Add --users N.' });
    const specRate = 'users' in spec ? spec.spawnRatePerSecond : users;
    return { type: 'users', users, spawnRatePerSecond: request.spawnRatePerSecond ?? specRate };
  }
  return { type: 'rate', ratePerSecond: spec.ratePerSecond, arrivals };
}
