import type { BudgetResult, Effect } from '../record';
import type { Interval } from '../statistics/blockEstimate';
import { parseBudget, type Budget } from './parseBudget';

type Result = BudgetResult['result'];

/**
 * Judges each budget (`"cpu_ms_per_request +5%"`) on the 95 % interval of the whole target: pass when all of it is within
 * the limit, fail when all of it is beyond, else inconclusive. Of several candidates the gravest counts (fail, then
 * inconclusive). What was not measured, or may not be judged, is inconclusive. Throws UserError for a budget that
 * cannot be read.
 */
export function judgeBudgets(budgets: readonly string[], effects: readonly Effect[]): BudgetResult[] {
  return budgets.map((text) => {
    const budget = parseBudget(text);
    const judged = effects.filter((effect) => effect.metric === budget.metric && effect.scope.kind === 'total');
    return {
      metric: budget.metric,
      limit: budget.limit,
      result: gravest(judged.map((effect) => judgeEffect(budget, effect))),
    };
  });
}

function gravest(results: readonly Result[]): Result {
  if (results.includes('fail')) return 'fail';
  return results.length === 0 || results.includes('inconclusive') ? 'inconclusive' : 'pass';
}

function judgeEffect(budget: Budget, effect: Effect): Result {
  const interval = effect.verdict === null ? null : judgedInterval(budget, effect);
  if (!interval) return 'inconclusive';
  const { low, high } = interval;
  if (budget.beyond === 'above') return high <= budget.value ? 'pass' : low > budget.value ? 'fail' : 'inconclusive';
  return low >= budget.value ? 'pass' : high < budget.value ? 'fail' : 'inconclusive';
}

/** The 95 % interval in the unit of the budget's value. */
function judgedInterval(budget: Budget, effect: Effect): Interval | null {
  if (budget.type === 'level') return effect.candidateInterval;
  const difference = effect.difference?.interval95 ?? null;
  if (!budget.isRelative) return difference;
  const ratio = effect.ratio?.interval95;
  if (ratio) return { low: ratio.low - 1, high: ratio.high - 1 };
  // A share of the baseline's mean, taken as known: on the difference scale no ratio is estimated.
  if (!difference || effect.baselineMean <= 0) return null;
  return { low: difference.low / effect.baselineMean, high: difference.high / effect.baselineMean };
}
