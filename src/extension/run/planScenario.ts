import { makePlans, type PlannedComparison } from '../../core/project/makePlans';
import { builtinScenarios } from '../../shared/builtins';
import type { Plan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

type Environment = Readonly<Record<string, string | undefined>>;

export const firstScenario = 'quick';

/** All scenarios by name: the built-in ones, then the project file's own. */
export function scenarioNames(project: ProjectFile): readonly string[] {
  return [...new Set([...Object.keys(builtinScenarios), ...Object.keys(project.scenarios)])];
}

/** The plan of a request for one target. Throws `UserError` as the engine would. */
export async function planOne(request: RunRequest, environment: Environment): Promise<PlannedComparison> {
  const [planned] = await makePlans(request, environment);
  if (!planned) throw new Error('A request has at least one target');
  return planned;
}

/**
 * The plan of the same comparison in another scenario, for its load and length: what was found for the first plan is not looked
 * for again, and no env file is read.
 */
export async function planScenario(
  scenario: string,
  { request, plan }: { readonly request: RunRequest; readonly plan: Plan },
  environment: Environment,
): Promise<Plan | UserError> {
  const variantFiles = plan.variants.map(({ name }) => ({ name, envFile: null }));
  const quickly = { python: plan.target.python, variantFiles, variantNames: [], environment: [] };
  try {
    return (await planOne({ ...request, ...quickly, scenario }, environment)).plan;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
