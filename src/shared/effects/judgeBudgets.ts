import type { BudgetResult, Effect } from '../record';
import { studentQuantile, type Interval } from '../statistics/blockEstimate';
import { blocksFor } from '../statistics/blocksToSettle';
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
    return {
      metric: budget.metric,
      limit: budget.limit,
      result: gravest(judgedBy(budget, effects).map((effect) => judgeEffect(budget, effect))),
    };
  });
}

/** How far what was measured is from deciding a budget. */
export interface UnsettledBudget {
  /** Half of the 95 % interval: a share where the limit is one, else in the metric's unit. */
  readonly halfWidth: number;
  /** Blocks more that would likely do; null: the estimate lies so close to the limit that 1,000 would not. */
  readonly moreBlocks: number | null;
}

/** Of the candidate that is furthest from a decision; null where none is inconclusive by its interval. Throws UserError for a budget that cannot be read. */
export function unsettledBudget(text: string, effects: readonly Effect[]): UnsettledBudget | null {
  const budget = parseBudget(text);
  const open = judgedBy(budget, effects)
    .filter((effect) => judgeEffect(budget, effect) === 'inconclusive')
    .map((effect) => unsettledBy(budget, effect))
    .filter((unsettled) => unsettled !== null);
  const blocks = ({ moreBlocks }: UnsettledBudget): number => moreBlocks ?? Infinity;
  return open.sort((one, other) => blocks(other) - blocks(one))[0] ?? null;
}

/** What a budget is about: its metric of the whole target, for each candidate. */
function judgedBy({ metric }: Budget, effects: readonly Effect[]): Effect[] {
  return effects.filter((effect) => effect.metric === metric && effect.scope.kind === 'total');
}

/** A ratio's blocks are averaged as logarithms, so there its room is measured. */
function unsettledBy(budget: Budget, effect: Effect): UnsettledBudget | null {
  const interval = effect.verdict === null ? null : judgedInterval(budget, effect);
  if (!interval) return null;
  const isRatio = budget.isRelative && effect.ratio !== null;
  const toScale = (value: number): number => (isRatio ? Math.log(Math.max(1e-9, 1 + value)) : value);
  const [low, high, limit] = [toScale(interval.low), toScale(interval.high), toScale(budget.value)];
  const half = (high - low) / 2;
  const sd = (half * Math.sqrt(effect.blocks)) / studentQuantile(0.975, Math.max(1, effect.blocks - 1));
  const needed = blocksFor(0.975, Math.abs((low + high) / 2 - limit), sd);
  return {
    halfWidth: (interval.high - interval.low) / 2,
    moreBlocks: needed === null ? null : Math.max(1, needed - effect.blocks),
  };
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
