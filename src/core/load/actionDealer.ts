import { assertNever } from '../../shared/assertNever';
import { randomStream, wholeNumberAt, type RandomStream } from '../../shared/random';
import { scrambledPoints, type PointSequence } from '../../shared/scrambledPoints';
import type { CompiledAction, CompiledBehaviour } from './compileBehaviour';
import type { CompiledRequest } from './compileRequest';
import { noDraws } from './noDraws';

/** One request of an action, in the order in which they are sent. */
export interface PlannedRequest {
  readonly request: CompiledRequest;
  /** What its templates are filled in from: numbers of its own, so that nothing that happens in between can shift them. */
  readonly random: RandomStream;
  /** True for the second and later requests of steps: it may need what the answers before it held. */
  readonly needsPrevious: boolean;
}

/** What one user does. */
export interface ActionStream {
  nextAction(): readonly PlannedRequest[];
  onStart(): readonly PlannedRequest[];
  /** Think time before the next action, uniform in the behaviour's `waitSeconds`. */
  nextWaitMs(): number;
}

export interface ActionDealer {
  user(name: number | string): ActionStream;
}

/**
 * Deals the actions of one load out to its users: the n-th action is the same in every variant of a block, whoever happens to take it.
 * Choices and values are dealt rather than drawn (`scrambledPoints`): each of them has the probability that its weight says, and any run of
 * actions has close to its share of each. Independent draws would give one trial two and another ten of a rare expensive request, and that
 * luck would be the largest part of the spread between blocks. Think times are drawn, for each user by himself.
 */
export function createActionDealer(
  behaviour: CompiledBehaviour,
  { seed, block }: { readonly seed: number; readonly block: number },
): ActionDealer {
  const sequences = new Map<string, PointSequence>();
  const point = (purpose: string, index: number): number => {
    const sequence = sequences.get(purpose) ?? scrambledPoints(seed, block, purpose);
    sequences.set(purpose, sequence);
    return sequence(index);
  };
  const counts = new Map<string, number>();
  /** The next number of a sequence that nothing else takes numbers from. */
  const count = (purpose: string): number => {
    const next = counts.get(purpose) ?? 0;
    counts.set(purpose, next + 1);
    return next;
  };
  const deal = (purpose: string, low: number, high: number): number =>
    wholeNumberAt(point(purpose, count(purpose)), low, high);

  const valuesOf = (request: CompiledRequest): RandomStream => {
    const purpose = `values of ${request.name}`;
    const number = count(purpose);
    let place = 0;
    const next = (): number => {
      place += 1;
      return point(`${purpose} ${place}`, number);
    };
    return { next, integer: (low, high) => wholeNumberAt(next(), low, high) };
  };
  const plan = (request: CompiledRequest, needsPrevious: boolean): PlannedRequest => ({
    request,
    needsPrevious,
    random: request.hasDraws ? valuesOf(request) : noDraws,
  });
  const expand = (action: CompiledAction, isInSteps: boolean, into: PlannedRequest[]): void => {
    switch (action.type) {
      case 'request': {
        const [low, high] = action.repeat;
        const times = high === 1 ? 1 : deal(`repeats of ${action.request.name}`, low, high);
        for (let index = 0; index < times; index += 1) into.push(plan(action.request, isInSteps && into.length > 0));
        return;
      }
      case 'steps':
        for (const step of action.steps) expand(step, true, into);
        return;
      case 'pick': {
        const length = deal('burst length', ...action.count);
        for (let index = 0; index < length; index += 1) {
          const chosen = action.from[deal('burst choice', 0, action.from.length - 1)];
          if (chosen !== undefined) expand(chosen, isInSteps, into);
        }
        return;
      }
      default:
        assertNever(action);
    }
  };
  const nextAction = (): readonly PlannedRequest[] => {
    const at = point('action', count('action')) * behaviour.totalWeight;
    const chosen = behaviour.choices.find(({ upTo }) => at < upTo) ?? behaviour.choices.at(-1);
    const requests: PlannedRequest[] = [];
    if (chosen !== undefined) expand(chosen.action, false, requests);
    return requests;
  };
  return {
    user: (name) => {
      const wait = randomStream(seed, block, name, 'wait');
      const [low, high] = behaviour.waitSeconds;
      return {
        onStart: () => behaviour.onStart.map((request, index) => plan(request, index > 0)),
        nextAction,
        nextWaitMs: () => (low + wait.next() * (high - low)) * 1000,
      };
    },
  };
}
