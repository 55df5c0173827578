import { access } from 'node:fs/promises';
import { locustUsers } from '../../core/project/locustUsers';
import { assertNever } from '../../shared/assertNever';
import type { VariantPlan } from '../../shared/plan';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { settingNames } from '../settingsValues';
import { canBeChosen, withVariants, type ChosenVariant } from './chosenVariants';
import type { RunnableApp } from './findApps';
import type { PickAnswer } from './pick';
import { firstScenario, planOne, planScenario, scenarioNames } from './planScenario';
import { pythonFacts } from './pythonFacts';
import { withChoice, type RememberedChoice } from './rememberedChoices';
import { runRows, type ChosenUsers, type RunChoice, type ScenarioOffer } from './runRows';
import { flowTitles, type RunFlowDeps, type RunSession } from './runSession';
import { usualVariants } from './variantCandidates';
import { variantsQuestion } from './variantsQuestion';

/** The second question, until it is answered; from its environments one goes back to it. */
export async function askForRun(
  session: RunSession,
  app: RunnableApp,
  hasBack: boolean,
): Promise<RunRequest | 'back' | 'cancelled'> {
  const { deps, options, choices } = session;
  const remembered = choices.find(({ folder, target }) => folder === app.request.folder && target === app.name) ?? null;
  const scenario = scenarioFor(session, app, remembered);
  const { base } = options.preset;
  let variants = base === undefined ? await variantsFor(app, remembered) : null;
  for (;;) {
    const request: RunRequest = {
      ...app.request,
      purpose: options.purpose,
      scenario,
      // Which environment is not asked for then: the one in which Insights is on.
      ...(base === undefined ? {} : { base, variantNames: [], variantFiles: [] }),
    };
    const wanted = variants === null ? request : withVariants(request, app, variants);
    if (options.preset.scenario !== undefined)
      return finish(session, app, await withPython(deps, app, wanted), variants);
    const { answer, asked } = await askWhatEnterRuns(session, app, wanted, hasBack);
    if (answer.type !== 'picked') return answer.type;
    switch (answer.value.type) {
      case 'problem':
        throw answer.value.error;
      case 'run':
        return finish(
          session,
          app,
          withUsers({ ...asked.request, scenario: answer.value.scenario }, answer.value.users),
          variants,
        );
      case 'environments': {
        const current = variants ?? usualVariants(request, app, asked.variants);
        const chosen = await deps.picker.pickMany(variantsQuestion(app, current, options.purpose));
        if (chosen.type === 'cancelled') return 'cancelled';
        if (chosen.type === 'picked') variants = chosen.value;
        break;
      }
      default:
        return assertNever(answer.value);
    }
  }
}

interface Asked {
  /** What was asked about, with the interpreter in it. */
  readonly request: RunRequest;
  /** The variants that it compares. */
  readonly variants: readonly VariantPlan[];
}

async function askWhatEnterRuns(
  { deps, options }: RunSession,
  app: RunnableApp,
  wanted: RunRequest,
  hasBack: boolean,
): Promise<{ readonly answer: PickAnswer<RunChoice>; readonly asked: Asked }> {
  let asked: Asked = { request: wanted, variants: [] };
  const answer = await deps.picker.pickOne<RunChoice>({
    title: flowTitles[options.purpose],
    placeholder: 'Enter runs the last row; environments and other scenarios stand above it',
    hasBack,
    load: async (show, signal) => {
      const request = await withPython(deps, app, wanted);
      const planned = await planOne(request, deps.environment);
      const { plan } = planned;
      asked = { request, variants: plan.variants };
      const facts = await pythonFacts(plan.target.python.path);
      const step = hasBack ? { number: 2, of: 2 } : null;
      const users = await locustUsers([request.folder, plan.target.cwd]);
      const names = scenarioNames(app.project).filter((name) => name !== plan.scenario.name);
      show(runRows({ app, planned, facts, offers: names.map((name) => ({ name, plan: null })), users, step }));
      const offers: ScenarioOffer[] = [];
      for (const name of names) {
        if (signal.aborted) return undefined;
        offers.push({ name, plan: await planScenario(name, { request, plan }, deps.environment) });
      }
      show(runRows({ app, planned, facts, offers, users, step }));
      return undefined;
    },
  });
  return { answer, asked };
}

function withUsers(request: RunRequest, users: ChosenUsers | undefined): RunRequest {
  if (users === undefined) return request;
  return { ...request, engine: 'locust', locustFile: users.file, userClasses: [...users.userClasses] };
}

async function withPython(deps: RunFlowDeps, app: RunnableApp, request: RunRequest): Promise<RunRequest> {
  const python = await deps.choosePython(app);
  return python === undefined ? request : { ...request, python };
}

/** Asked for by the caller, else by a setting, else the last choice where it still exists; at first, and to check the machine, `quick`. */
function scenarioFor({ options }: RunSession, app: RunnableApp, remembered: RememberedChoice | null): string {
  if (options.preset.scenario !== undefined) return options.preset.scenario;
  if (options.purpose === 'aa') return firstScenario;
  const names = scenarioNames(app.project);
  const asked = app.request.scenario;
  if (asked !== undefined && !names.includes(asked)) {
    throw new UserError('usage', `${settingNames.scenario} names no scenario of ${app.name}: ${asked}`, {
      hint: `There are: ${names.join(', ')}.`,
    });
  }
  if (asked !== undefined) return asked;
  return remembered !== null && names.includes(remembered.scenario) ? remembered.scenario : firstScenario;
}

/** The last choice where it can still be made; null: as the settings and the project file say. A setting wins over an old choice. */
async function variantsFor(
  app: RunnableApp,
  remembered: RememberedChoice | null,
): Promise<readonly ChosenVariant[] | null> {
  const isSet = app.request.variantFiles.length + app.request.variantNames.length > 0;
  const last = remembered?.variants ?? null;
  if (isSet || last === null || !last.every((variant) => canBeChosen(variant, app))) return null;
  const files = last.flatMap((variant) => (variant.type === 'files' ? variant.files : []));
  return Promise.all(files.map(async (file) => access(file))).then(
    () => last,
    () => null,
  );
}

/** Keeps the choice for the next time; a check of the machine is not what one runs next. */
async function finish(
  { deps, options, choices }: RunSession,
  app: RunnableApp,
  request: RunRequest,
  variants: readonly ChosenVariant[] | null,
): Promise<RunRequest> {
  if (options.purpose === 'comparison') {
    const { folder, scenario = firstScenario } = request;
    await deps.memory.write(withChoice(choices, { folder, target: app.name, scenario, variants }));
  }
  return request;
}
