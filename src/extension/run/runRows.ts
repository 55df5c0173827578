import type { PlannedComparison } from '../../core/project/makePlans';
import type { LocustUsers } from '../../core/project/locustUsers';
import type { Plan } from '../../shared/plan';
import { estimatePlanSeconds } from '../../shared/planSeconds';
import { UserError } from '../../shared/userError';
import { durationWords } from './durationWords';
import { differingNames, environmentLabel, environmentWords, type ShownEnvironment } from './environmentWords';
import type { RunnableApp } from './findApps';
import { loadWords } from './loadWords';
import type { PickContent, PickItem, PickRow } from './pick';
import type { PythonFacts } from './pythonFacts';

export type RunChoice =
  | { readonly type: 'run'; readonly scenario: string; readonly users?: ChosenUsers }
  | { readonly type: 'environments' }
  | { readonly type: 'problem'; readonly error: UserError };

/** Users of a Locust file; no class: all of them. */
export type ChosenUsers = Pick<LocustUsers, 'file' | 'userClasses'>;

/** Another scenario; `plan` is null as long as it is being made, an error when it cannot be. */
export interface ScenarioOffer {
  readonly name: string;
  readonly plan: Plan | UserError | null;
}

export interface RunRowsInput {
  readonly app: RunnableApp;
  readonly planned: PlannedComparison;
  readonly facts: PythonFacts;
  readonly offers: readonly ScenarioOffer[];
  /** Null: there is no Locust file. */
  readonly users: LocustUsers | null;
  readonly step: PickContent<RunChoice>['step'];
}

const runKey = 'run';
const frameworkNames = { django: 'Django', flask: 'Flask' } as const;

/** The second question's rows: environments, other scenarios, and last what Enter will do. */
export function runRows({ app, planned, facts, offers, users, step }: RunRowsInput): PickContent<RunChoice> {
  const { plan } = planned;
  const isCheck = plan.purpose === 'aa';
  const items: PickItem<RunChoice>[] = [
    ...(plan.variants.some(({ code }) => code !== undefined) ? codeRows(plan) : environmentRows(plan, app)),
    { type: 'heading', label: 'other scenarios' },
    ...offers.map(scenarioRow),
    ...(users === null || isCheck ? [] : userRows(users, plan.scenario.name)),
    { type: 'heading', label: isCheck ? 'check this machine' : 'run' },
    runRow(app, planned, facts),
  ];
  return { items, active: runKey, step };
}

/** Two codes under one environment: there is nothing to choose. */
function codeRows(plan: Plan): PickItem<RunChoice>[] {
  const rows = plan.variants.map(({ name, code }, index): PickRow<RunChoice> => {
    const { revision = null } = code ?? {};
    const commit = revision === null ? 'as installed' : revision.commit.slice(0, 10);
    const words = revision?.isWorkTree === true ? `${commit} and what has changed since` : commit;
    return {
      type: 'row',
      key: `code:${name}`,
      value: { type: 'run', scenario: plan.scenario.name },
      label: name,
      description: `${index === 0 ? 'baseline · ' : ''}${words}`,
      icon: 'git-commit',
    };
  });
  return [{ type: 'heading', label: 'code' }, ...rows];
}

function environmentRows(plan: Plan, app: RunnableApp): PickItem<RunChoice>[] {
  const variants = plan.purpose === 'aa' ? plan.variants.slice(0, 1) : plan.variants;
  const names = differingNames(variants.map(({ environment }) => environment));
  const heading = plan.purpose === 'aa' ? 'environment, against itself' : 'environments';
  const rows = variants.map((variant, index): PickRow<RunChoice> => {
    const common = app.spec.env.length;
    const shown: ShownEnvironment = {
      name: variant.name,
      files: variant.envFiles.slice(common),
      values: variant.environment,
    };
    return {
      type: 'row',
      key: `environment:${variant.name}`,
      value: { type: 'environments' },
      label: environmentLabel(shown),
      description: `${index === 0 ? 'baseline · ' : ''}${environmentWords(shown, names)}`,
      icon: 'symbol-variable',
    };
  });
  return [{ type: 'heading', label: heading }, ...rows];
}

function scenarioRow({ name, plan }: ScenarioOffer): PickRow<RunChoice> {
  if (plan instanceof UserError) {
    const value = { type: 'problem', error: plan } as const;
    return { type: 'row', key: `scenario:${name}`, value, label: name, description: plan.message, icon: 'warning' };
  }
  return {
    type: 'row',
    key: `scenario:${name}`,
    value: { type: 'run', scenario: name },
    label: name,
    description: plan === null ? '…' : [loadWords(plan.scenario), ...lengthWords(plan)].join(' · '),
    icon: 'play',
  };
}

/** The same scenario with the users of the user's own Locust file, who are made by Locust. */
function userRows({ file, shownFile, userClasses }: LocustUsers, scenario: string): PickItem<RunChoice>[] {
  const row = (label: string, chosen: readonly string[], description: string): PickRow<RunChoice> => ({
    type: 'row',
    key: `users:${chosen.join(',')}`,
    value: { type: 'run', scenario, users: { file, userClasses: chosen } },
    label,
    description,
    icon: 'person',
  });
  const each = userClasses.map((name) => row(name, [name], scenario));
  const all = row(`All users of ${shownFile}`, [], [scenario, ...userClasses].join(' · '));
  return [{ type: 'heading', label: 'by Locust' }, ...(each.length === 1 ? [] : [all]), ...each];
}

function runRow(app: RunnableApp, { plan, notes }: PlannedComparison, facts: PythonFacts): PickRow<RunChoice> {
  const words = [appWords(app, plan, facts), pythonWords(plan, facts), plan.scenario.name, ...lengthWords(plan)];
  const label = `${plan.purpose === 'aa' ? 'Check this machine' : 'Run'}: ${words.join(' · ')}`;
  return {
    type: 'row',
    key: runKey,
    value: { type: 'run', scenario: plan.scenario.name },
    label,
    icon: 'play',
    ...(notes.length === 0 ? {} : { detail: notes.map(({ message }) => message).join(' · ') }),
  };
}

function lengthWords(plan: Plan): readonly string[] {
  const blocks = plan.blocks === 1 ? '1 block' : `${plan.blocks} blocks`;
  return [blocks, `about ${durationWords(estimatePlanSeconds(plan))}`];
}

/** `Flask 3.1`; an app that is not named like its framework by its own name too: `shop (Django)`. */
function appWords(app: RunnableApp, plan: Plan, { packages }: PythonFacts): string {
  const { framework } = plan.target;
  if (framework === 'unknown') return app.name;
  const version = packages[framework];
  const words = version === undefined ? frameworkNames[framework] : `${frameworkNames[framework]} ${version}`;
  return app.name === framework ? words : `${app.name} (${words})`;
}

function pythonWords({ target: { python } }: Plan, { version }: PythonFacts): string {
  return version === null ? python.origin : `${python.origin} (${version})`;
}
