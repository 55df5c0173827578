import { parseBudget } from '../../shared/effects/parseBudget';
import { processMetrics } from '../../shared/metrics';
import type { Plan, TargetControl } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { budgetOutOfReach, nothingToJudge } from './outOfReach';
import { parseSmallestEffects } from './smallestEffects';

const defaultHeadline = ['cpu_ms_per_request', 'latency_mean_ms', 'capacity_rps', 'capacity_cpu_ms_per_request'];

/**
 * What a comparison is judged by: its headline metrics, as far as they are measured, the smallest effects that matter, and budgets. Throws
 * `UserError` for a budget that cannot be read or judged: before the run, not after it.
 */
export function planJudgement(
  request: RunRequest,
  project: ProjectFile,
  { control, hasCapacity }: { readonly control: TargetControl | null; readonly hasCapacity: boolean },
): Pick<Plan, 'headline' | 'smallestEffects' | 'budgets'> {
  const wanted = project.headline ?? defaultHeadline;
  const isUnseen = (metric: string): boolean => control !== null && processMetrics.has(metric);
  const headline = wanted.filter((name) => (hasCapacity || !name.startsWith('capacity_')) && !isUnseen(name));
  if (headline.length === 0) throw nothingToJudge(wanted);
  const budgets = request.budgets.length > 0 ? request.budgets : project.budgets;
  for (const budget of budgets) if (isUnseen(parseBudget(budget).metric)) throw budgetOutOfReach(budget);
  return { headline, smallestEffects: parseSmallestEffects(project.smallestEffects), budgets };
}
