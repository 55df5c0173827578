import type { TrialKind } from '../../shared/events';
import type { Plan } from '../../shared/plan';
import { randomStream, shuffled } from '../../shared/random';

export interface PlannedTrial {
  readonly variant: string;
  readonly kind: TrialKind;
}

/**
 * The order of every trial, block by block. Within a block the variants of one kind run back to back (machine speed changes within
 * minutes); which kind comes first is random and balanced, and so is the order of the variants: over any k consecutive blocks of k variants
 * each variant stands once in each place (a Latin square in random order).
 */
export function drawOrder(options: {
  readonly variants: readonly string[];
  readonly blocks: number;
  readonly hasCapacity: boolean;
  readonly seed: number;
}): PlannedTrial[][] {
  const scenario = balancedOrders(options, 'scenario');
  if (!options.hasCapacity) return scenario.map((order) => order.map((variant) => ({ variant, kind: 'scenario' })));
  const capacity = balancedOrders(options, 'capacity');
  const kinds = balancedOrders({ ...options, variants: ['scenario', 'capacity'] }, 'kinds');
  return scenario.map((order, block) => {
    const trials: Record<string, PlannedTrial[]> = {
      scenario: order.map((variant) => ({ variant, kind: 'scenario' })),
      capacity: (capacity[block] ?? []).map((variant) => ({ variant, kind: 'capacity' })),
    };
    return (kinds[block] ?? []).flatMap((kind) => trials[kind] ?? []);
  });
}

/** The order of a plan. That of more blocks begins with that of fewer: blocks can be added while a comparison is on. */
export function orderOf(plan: Plan): PlannedTrial[][] {
  return drawOrder({
    variants: plan.variants.map(({ name }) => name),
    blocks: plan.blocks,
    hasCapacity: plan.capacity !== null,
    seed: plan.seed,
  });
}

function balancedOrders(
  options: { readonly variants: readonly string[]; readonly blocks: number; readonly seed: number },
  purpose: string,
): string[][] {
  const random = randomStream(options.seed, 'order', purpose);
  const orders: string[][] = [];
  while (orders.length < options.blocks) {
    const first = shuffled(options.variants, random);
    const square = first.map((_, shift) => [...first.slice(shift), ...first.slice(0, shift)]);
    orders.push(...shuffled(square, random));
  }
  return orders.slice(0, options.blocks);
}
