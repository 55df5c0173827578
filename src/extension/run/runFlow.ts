import { UserError } from '../../shared/userError';
import { appRows, likelyApp, type AppChoice, type AppHints } from './appRows';
import { askForRun } from './askForRun';
import type { FoundApps, RunnableApp } from './findApps';
import type { PickAnswer } from './pick';
import { readChoices } from './rememberedChoices';
import { flowTitles, type RunFlowAnswer, type RunFlowDeps, type RunFlowOptions, type RunSession } from './runSession';

/**
 * From nothing to a request in at most two questions: which app (when there are several), and what Enter will run (unless the caller
 * named the scenario). Throws `UserError` for what has to be mended first.
 */
export async function runFlow(deps: RunFlowDeps, options: RunFlowOptions): Promise<RunFlowAnswer> {
  const choices = readChoices(deps.memory.read());
  const session: RunSession = { deps, options, choices };
  for (;;) {
    const answer = await askForApp(session);
    if (answer === 'no-app' || answer === 'cancelled') return answer;
    const request = await askForRun(session, answer.app, answer.wasAsked);
    if (request !== 'back') return request;
  }
}

type AppAnswer = { readonly app: RunnableApp; readonly wasAsked: boolean } | 'cancelled' | 'no-app';

async function askForApp({ deps, options, choices }: RunSession): Promise<AppAnswer> {
  const hints: AppHints = { last: choices[0] ?? null, activeFile: deps.activeFile };
  let wasAsked = false;
  let isEmpty = false;
  const answer = await deps.picker.pickOne<AppChoice>({
    title: flowTitles[options.purpose],
    placeholder: 'Which app?',
    hasBack: false,
    load: async (show): Promise<PickAnswer<AppChoice> | undefined> => {
      const found = presetApps(await deps.findApps(), options.preset);
      const [app] = found.apps;
      if (!app) {
        const [problem] = found.problems;
        if (problem) throw problem.error;
        isEmpty = true;
        return { type: 'cancelled' };
      }
      if (found.apps.length + found.problems.length === 1) return { type: 'picked', value: { type: 'app', app } };
      wasAsked = true;
      show(appRows(found, hints));
      return undefined;
    },
  });
  if (isEmpty) return 'no-app';
  if (answer.type !== 'picked') return 'cancelled';
  if (answer.value.type === 'problem') throw answer.value.error;
  return { app: answer.value.app, wasAsked };
}

/** Of all apps those that the caller means. Throws `UserError` when the one it named is not there. */
function presetApps(found: FoundApps, { folder, target }: RunFlowOptions['preset']): FoundApps {
  const inFolder = found.apps.filter(
    ({ workspaceFolder, request }) =>
      folder === undefined || folder === workspaceFolder.path || folder === request.folder,
  );
  if (target === undefined) return { apps: inFolder, problems: folder === undefined ? found.problems : [] };
  const named = likelyApp(
    inFolder.filter(({ name }) => name === target),
    { last: null, activeFile: null },
  );
  if (named) return { apps: [named], problems: [] };
  const [problem] = found.problems;
  if (problem) throw problem.error;
  throw new UserError('usage', `There is no app ${target} any more`, {
    hint: 'Refresh the view, or use Run Insights comparison.',
  });
}
