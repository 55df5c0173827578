import { assertNever } from '../../shared/assertNever';
import { randomStream, type RandomStream } from '../../shared/random';
import type { CompiledAction, CompiledBehaviour } from './compileBehaviour';
import type { CompiledRequest } from './compileRequest';
import { createDeal, type Deal } from './deal';
import { noDraws } from './noDraws';
import { weightedCards } from './weightedCards';

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
  /** From now on the window's own actions, from its first, however many came before. Does nothing the second time. */
  openWindow(): void;
}

/**
 * Deals the actions of one load out to its users: the n-th action of the warm-up and the n-th of the window are the same in every variant of
 * a block, whoever happens to take them. Choices and values are dealt rather than drawn (`createDeal`): each of them has the probability
 * that its weight says, and any run of actions has close to its share of each, one from the window's start closest. Independent draws
 * would give one trial two and another ten of a rare expensive request, and that luck would be the largest part of the spread between
 * blocks. Think times are drawn, for each user by himself.
 */
export function createActionDealer(
  behaviour: CompiledBehaviour,
  { seed, block }: { readonly seed: number; readonly block: number },
): ActionDealer {
  const { choices, totalWeight } = behaviour;
  const cards = weightedCards(choices.map(({ weight }) => weight));
  let deal = createDeal(seed, block, 'warm-up');
  let ofWindow: Deal | undefined;

  const plan = (request: CompiledRequest, needsPrevious: boolean): PlannedRequest => ({
    request,
    needsPrevious,
    random: request.hasDraws ? deal.values(`values of ${request.name}`) : noDraws,
  });
  const expand = (action: CompiledAction, isInSteps: boolean, into: PlannedRequest[]): void => {
    switch (action.type) {
      case 'request': {
        const [low, high] = action.repeat;
        const times = high === 1 ? 1 : deal.integer(`repeats of ${action.request.name}`, low, high);
        for (let index = 0; index < times; index += 1) into.push(plan(action.request, isInSteps && into.length > 0));
        return;
      }
      case 'steps':
        for (const step of action.steps) expand(step, true, into);
        return;
      case 'pick': {
        const length = deal.integer('burst length', ...action.count);
        for (let index = 0; index < length; index += 1) {
          const chosen = action.from[deal.integer('burst choice', 0, action.from.length - 1)];
          if (chosen !== undefined) expand(chosen, isInSteps, into);
        }
        return;
      }
      default:
        assertNever(action);
    }
  };
  const choose = (): CompiledAction | undefined => {
    if (cards !== undefined) return choices[cards[deal.integer('action', 0, cards.length - 1)] ?? 0]?.action;
    let left = deal.point('action') * totalWeight;
    return (choices.find(({ weight }) => (left -= weight) < 0) ?? choices.at(-1))?.action;
  };
  const nextAction = (): readonly PlannedRequest[] => {
    const chosen = choose();
    const requests: PlannedRequest[] = [];
    if (chosen !== undefined) expand(chosen, false, requests);
    return requests;
  };
  return {
    openWindow: () => {
      ofWindow ??= createDeal(seed, block, 'window');
      deal = ofWindow;
    },
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
