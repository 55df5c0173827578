import { insightsSwitch } from '../../shared/insightsSwitch';
import type { VariantPlan } from '../../shared/plan';
import type { VariantCode } from '../code/variantCode';
import { prepareTemplate } from '../target/freshState';
import { inCopy } from '../target/projectCopy';
import { composeEnvironment, fillPlaceholders, type Placeholder } from '../trial/composeEnvironment';
import { injectedEnvironment } from '../trial/injectedEnvironment';
import { runStateCommand } from '../trial/runStateCommand';
import { codeOf, toCollector, type TrialDeps } from '../trial/trialDeps';

/** Far from the positions of trials and rehearsals: whatever `prepare` sends is booked nowhere. */
const preparePosition = 8999;

/**
 * Sweeps what runs that are not on any more have left on the app's servers, then makes the initial state, once for each code: two commits may have
 * two schemas.
 */
export async function prepareState(
  deps: TrialDeps,
  isRunning: (runKey: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { variants } = deps.plan;
  const [baseline] = variants;
  if (!baseline) return;
  const outside = prepareEnvironment(deps, baseline, {});
  await deps.serverState?.sweep(outside, isRunning);
  if (deps.plan.target.prepare.length === 0) return;
  for (const code of new Set(deps.codes.values())) {
    const first = variants.find(({ name }) => deps.codes.get(name) === code);
    if (first) await prepareOne(deps, first, code, signal);
  }
}

/** Runs the target's `prepare` commands with the environment of a variant; trials copy what they made. */
async function prepareOne(
  deps: TrialDeps,
  variant: VariantPlan,
  code: VariantCode,
  signal: AbortSignal,
): Promise<void> {
  const { target } = deps.plan;
  const whose = variant.code === undefined ? target.name : `${target.name} of ${variant.name}`;
  const servers = (await deps.serverState?.openTemplate(code.label, prepareEnvironment(deps, variant, {}))) ?? {};
  await prepareTemplate({
    templateFolder: code.templateFolder,
    reset: target.reset ?? {},
    commands: target.prepare,
    runCommand: async (command, state) =>
      runStateCommand(
        {
          purpose: `Preparing ${whose}`,
          command: command.map((word) => fillPlaceholders(word, preparePlaceholders(deps, code))),
          // What it leaves beside the app is the state that each copy starts from.
          cwd: inCopy(code.project, target.cwd, 'snapshot'),
          environment: prepareEnvironment(deps, variant, { ...servers, ...state }),
          pythonPath: target.python.path,
        },
        signal,
      ),
  });
}

function prepareEnvironment(
  deps: TrialDeps,
  variant: VariantPlan,
  state: Readonly<Record<string, string>>,
): Record<string, string> {
  return composeEnvironment({
    inherited: deps.inheritedEnvironment,
    variant: { ...variant.environment, ...deps.stack.environment },
    state,
    // Never with Insights on: seeding would be sent as events, and take minutes.
    injected: { ...injectedEnvironment(toCollector(deps), variant, preparePosition, 0), [insightsSwitch]: 'false' },
    placeholders: preparePlaceholders(deps, codeOf(deps, variant.name)),
    paddedBytes: 0,
  });
}

function preparePlaceholders(
  { plan: { target } }: TrialDeps,
  { pythonPath, templateFolder }: VariantCode,
): Record<Placeholder, string> {
  return { python: pythonPath, port: '0', state: templateFolder, target: target.name };
}
