import { formatDuration } from '../../shared/duration';
import type { Plan, UntilPlan } from '../../shared/plan';
import type { ComparisonRecord, Effect, Warning } from '../../shared/record';
import { laterBlocksSpreadMore } from '../../shared/effects/compareMeans';
import { blocksForHalfWidth, halfWidthShare } from '../../shared/statistics/twoStage';
import { formatCount, formatPercent } from '../../shared/words/formatNumber';
import { summarisePlan } from './buildRecord';
import type { ComparisonOptions } from './comparisonDeps';
import { orderOf } from './drawOrder';
import type { RecordKeeper } from './recordKeeper';
import type { TimePlan } from './timePlan';

/** The metric whose precision `--until` asks for. */
const goalMetric = 'cpu_ms_per_request';
/** Whatever the goal asks for: a first stage of luck and noise could ask for days. */
const mostBlocks = 60;
const longestSeconds = 4 * 3600;
/** The later blocks' machine speeds move the width by a few percent of itself, which nobody could foresee: such a goal is met. */
const goalTolerance = 1.05;

/** How many blocks there are after the first stage of `--until`. */
export interface UntilBlocks {
  readonly blocks: number;
  /** What the goal would take; null: the first stage could not be judged. */
  readonly wanted: number | null;
}

/**
 * Blocks in all that bring half of the 95 % interval of CPU per request to the goal, for every candidate, as the spread of the first
 * stage has it (Stein 1945). At most 60 blocks, or as many as fit into 4 hours; never fewer than the first stage. It looks at
 * widths alone, never at where an interval lies: that is what keeps the final intervals exact.
 */
export function blocksUntil(
  { firstBlocks, halfWidth }: UntilPlan,
  effects: readonly Effect[],
  time: { readonly elapsedSeconds: number; readonly blockSeconds: number },
): UntilBlocks {
  const needed = goalEffects(effects).map(({ ratio, blocks }) =>
    // Blocks of the first stage in which it was not measured are made up for.
    ratio ? firstBlocks - blocks + blocksForHalfWidth(ratio.interval95, blocks, halfWidth) : null,
  );
  if (needed.length === 0 || needed.includes(null)) return { blocks: firstBlocks, wanted: null };
  const wanted = Math.max(...needed.map((blocks) => blocks ?? 0));
  const inTime = firstBlocks + Math.floor((longestSeconds - time.elapsedSeconds) / Math.max(1, time.blockSeconds));
  return { blocks: Math.max(firstBlocks, Math.min(wanted, mostBlocks, inTime)), wanted };
}

/** Fixes the blocks that are still to come, draws their order, and tells the faces; says so when a bound cuts the goal. */
export function planRemainingBlocks(
  keeper: RecordKeeper,
  options: ComparisonOptions,
  time: TimePlan,
  record: ComparisonRecord,
): void {
  const { plan } = keeper.state;
  const { until } = plan;
  if (!until) return;
  const blockSeconds = time.estimate(keeper.state.order[0] ?? []);
  const planned = blocksUntil(until, record.effects, { elapsedSeconds: time.elapsedSeconds(), blockSeconds });
  const extended: Plan = {
    ...plan,
    blocks: planned.blocks,
    scenario: { ...plan.scenario, durationSeconds: planned.blocks * plan.trialSeconds },
  };
  keeper.update({ plan: extended, order: orderOf(extended) });
  options.onEvent({
    type: 'plan-changed',
    plan: summarisePlan(extended, keeper.state.order),
    message: plannedText(until, planned),
  });
  if (planned.wanted === null) keeper.warn(unknownSpread);
  else if (planned.wanted > planned.blocks) keeper.warn(goalCut(until, planned, record.effects));
}

/** Why the goal was not reached though no bound cut it; null when it was, or when that has been said. */
export function missedGoal(
  { until, blocks }: Plan,
  effects: readonly Effect[],
  said: readonly Warning[],
): Warning | null {
  if (!until || blocks === until.firstBlocks) return null;
  const isCut = said.some(({ code }) => code === goalCutCode);
  const missed = goalEffects(effects).flatMap(({ ratio, note, adjustment }) => {
    const halfWidth = ratio ? halfWidthShare(ratio.interval95) : 0;
    if (note?.includes(laterBlocksSpreadMore)) return halfWidth > until.halfWidth ? [halfWidth] : [];
    return adjustment && !isCut && halfWidth > until.halfWidth * goalTolerance ? [halfWidth] : [];
  });
  if (missed.length === 0) return null;
  return {
    code: 'until_missed',
    message: `Half of the 95 % interval of CPU per request is ±${formatPercent(Math.max(...missed))} instead of ±${formatPercent(until.halfWidth)}: the later blocks spread more, or the machine's speed differed more, than the first ${until.firstBlocks} let expect, by which their number was fixed`,
    advice: 'Measure again on a machine that is quiet for longer, or begin with more blocks (--blocks N).',
  };
}

const goalCutCode = 'until_bounded';

const unknownSpread: Warning = {
  code: 'until_unknown',
  message:
    'CPU per request could not be measured in enough of the first blocks to say how many --until takes: there are no more',
  advice:
    'Look at the warnings and the trials; without CPU per request only a fixed number of blocks (--blocks N) makes sense.',
};

function goalCut(until: UntilPlan, { blocks, wanted }: UntilBlocks, effects: readonly Effect[]): Warning {
  const reached = Math.max(
    ...goalEffects(effects).map(({ ratio, blocks: measured }) =>
      ratio
        ? (1 + halfWidthShare(ratio.interval95)) ** Math.sqrt(measured / (blocks - until.firstBlocks + measured)) - 1
        : 0,
    ),
  );
  const asked = wanted === null || wanted > 10_000 ? 'more than 10,000' : `about ${formatCount(wanted)}`;
  return {
    code: goalCutCode,
    message: `±${formatPercent(until.halfWidth)} of CPU per request would take ${asked} blocks; there are ${formatCount(blocks)} (at most ${mostBlocks}, or ${formatDuration(longestSeconds)}), for about ±${formatPercent(Math.round(reached * 1000) / 1000)}`,
    advice: 'Ask for a wider goal, for longer trials (--trial), or measure on a steadier machine.',
  };
}

function plannedText({ halfWidth, firstBlocks }: UntilPlan, { blocks }: UntilBlocks): string {
  const goal = `±${formatPercent(halfWidth)} of CPU per request`;
  return blocks === firstBlocks
    ? `No more than the ${firstBlocks} blocks there are: by their spread they do for ${goal}`
    : `${blocks} blocks in all: by the spread of the first ${firstBlocks} that many are needed for ${goal}`;
}

function goalEffects(effects: readonly Effect[]): readonly Effect[] {
  return effects.filter(({ metric, scope }) => metric === goalMetric && scope.kind === 'total');
}
