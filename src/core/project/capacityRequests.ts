import type { ActionSpec, Behaviour, RequestSpec } from '../../shared/behaviour';

/** Longest cycle that weights are turned into. */
const longestCycle = 60;

/**
 * The requests that the closed loop cycles through: those of the behaviour whose method is allowed, that need nothing
 * extracted before and expect no error, each as often as its weight says.
 */
export function capacityRequests(behaviour: Behaviour, methods: readonly string[]): RequestSpec[] {
  const usable = behaviour.requests
    .flatMap((action) => plainRequests(action))
    .filter(({ request }) => isUsable(request, methods));
  const counts = wholeCounts(usable.map(({ weight }) => weight));
  return usable.flatMap(({ request }, index) => Array.from({ length: counts[index] ?? 0 }, () => request));
}

/** The shortest whole numbers (each at least 1) that stand in the proportion of the weights; 1 each where all weights are 0. */
function wholeCounts(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 1);
  let best = { counts: weights.map(() => 1), error: Infinity };
  for (let cycle = weights.length; cycle <= longestCycle; cycle += 1) {
    const exact = weights.map((weight) => (weight / total) * cycle);
    const counts = exact.map((count) => Math.max(1, Math.round(count)));
    const error = exact.reduce((sum, count, index) => sum + Math.abs(count - (counts[index] ?? 0)), 0) / cycle;
    if (error < best.error - 1e-9) best = { counts, error };
  }
  return best.counts;
}

function plainRequests(action: ActionSpec): { request: RequestSpec; weight: number }[] {
  if ('steps' in action) {
    return action.steps.flatMap((step) => (typeof step === 'string' ? [] : [{ request: step, weight: action.weight }]));
  }
  if ('pick' in action) return [];
  const { weight, repeat: _repeat, ...request } = action;
  return [{ request, weight }];
}

function isUsable(request: RequestSpec, methods: readonly string[]): boolean {
  const expectsError = request.expect?.some((status) => status >= 400) ?? false;
  const needsExtracted = /\{\{(?!int |pick )/.test(JSON.stringify(request));
  return methods.includes(request.method) && !expectsError && !needsExtracted && !request.extract;
}
