import type { Plan, VariantPlan } from '../../shared/plan';
import { distinctRequests, plainRequest } from '../load/distinctRequests';
import { trialApiKey } from './injectedEnvironment';
import { judgeEffective, type EffectiveJudgement } from './judgeEffective';
import type { GivenToApp } from './liveTarget';
import { inspectApp, type InspectedApp, type InspectionQuestion } from '../inspect/inspectApp';
import { withOwnRate } from './sampleRate';
import { codeOf, type TrialDeps } from './trialDeps';

export interface SeenInside {
  /** What is in force in the loaded app; null when that could not be read back. */
  readonly effective: InspectedApp | null;
  readonly judgement: EffectiveJudgement;
}

/** Positions of probes stand apart from those of trials and rehearsals. */
const firstProbePosition = 8000;

/** Loads the app in a process of its own, with everything as the measured one will have it but for the key. */
export async function lookInside(
  deps: TrialDeps,
  { variant, index }: { readonly variant: VariantPlan; readonly index: number },
  given: GivenToApp,
  signal: AbortSignal,
): Promise<SeenInside> {
  // A book of its own: what an app does when it is loaded must not count as the rehearsal's.
  const position = firstProbePosition + index;
  const apiKey = trialApiKey(deps.runKey, position);
  await deps.collector.open(apiKey, `${deps.runKey}t${position}`);
  const environment = { ...withOwnRate(given.environment, variant), HONEYBADGER_API_KEY: apiKey };
  const own = deps.plan.variants.map((each) => each.environment);
  const names = new Set([...own.flatMap((values) => Object.keys(values)), ...honeybadgerNames(environment)]);
  const code = codeOf(deps, variant.name);
  const effective = await inspectApp(
    {
      ...given,
      environment,
      names: [...names],
      within: code.project?.original ?? null,
      pythonPath: code.pythonPath,
      requests: requestsOf(deps.plan),
    },
    signal,
  );
  if (effective === null) return { effective, judgement: { problems: [], warnings: [] } };
  const compared = [...names].filter((name) => own.some((values) => values[name] !== own[0]?.[name]));
  return {
    effective,
    judgement: judgeEffective({ variant: variant.name, given: environment, compared, effective }),
  };
}

/** An open behaviour's are the app's own routes, which say themselves where their code is; but for the ready page, which may be none. */
function requestsOf({ behaviour, isBehaviourOpen, target }: Plan): InspectionQuestion['requests'] {
  if (isBehaviourOpen) return [{ method: 'GET', path: target.readyPath }];
  return distinctRequests(behaviour).map(plainRequest);
}

function honeybadgerNames(environment: Readonly<Record<string, string>>): string[] {
  return Object.keys(environment).filter((name) => name.startsWith('HONEYBADGER_'));
}
