import { randomStream, type RandomStream } from '../../shared/random';
import { assertNever } from '../../shared/assertNever';
import type { CompiledAction, CompiledBehaviour } from './compileBehaviour';
import type { CompiledRequest } from './compileRequest';
import { noDraws } from './noDraws';

/** One request of an action, in the order in which they are sent. */
export interface PlannedRequest {
  readonly request: CompiledRequest;
  /** What its templates are filled in from: a stream of its own, so that nothing that happens in between can shift it. */
  readonly random: RandomStream;
  /** True for the second and later requests of steps: it may need what the answers before it held. */
  readonly needsPrevious: boolean;
}

/** What one user does, drawn from streams that know neither answers nor time: the same for every variant of a block. */
export interface ActionStream {
  nextAction(): readonly PlannedRequest[];
  onStart(): readonly PlannedRequest[];
  /** Think time before the next action, uniform in the behaviour's `waitSeconds`. */
  nextWaitMs(): number;
}

/** Streams are hash(seed, block, user, purpose), one purpose for each kind of decision. */
export function createActionStream(
  behaviour: CompiledBehaviour,
  origin: { readonly seed: number; readonly block: number; readonly user: number | string },
): ActionStream {
  const stream = (...purpose: readonly (string | number)[]): RandomStream =>
    randomStream(origin.seed, origin.block, origin.user, ...purpose);
  const choice = stream('action');
  const wait = stream('wait');
  const repeat = stream('repeat');
  const burstLength = stream('burst length');
  const burstChoice = stream('burst choice');
  let planned = 0;

  const plan = (request: CompiledRequest, needsPrevious: boolean): PlannedRequest => {
    const number = planned;
    planned += 1;
    return { request, needsPrevious, random: request.hasDraws ? stream('values', number) : noDraws };
  };
  const expand = (action: CompiledAction, isInSteps: boolean, into: PlannedRequest[]): void => {
    switch (action.type) {
      case 'request': {
        const times = action.repeat[1] === 1 ? 1 : repeat.integer(...action.repeat);
        for (let index = 0; index < times; index += 1) into.push(plan(action.request, isInSteps && into.length > 0));
        return;
      }
      case 'steps':
        for (const step of action.steps) expand(step, true, into);
        return;
      case 'pick': {
        const length = burstLength.integer(...action.count);
        for (let index = 0; index < length; index += 1) {
          const chosen = action.from[burstChoice.integer(0, action.from.length - 1)];
          if (chosen !== undefined) expand(chosen, isInSteps, into);
        }
        return;
      }
      default:
        assertNever(action);
    }
  };
  return {
    onStart: () => behaviour.onStart.map((request, index) => plan(request, index > 0)),
    nextAction: () => {
      const at = choice.next() * behaviour.totalWeight;
      const chosen = behaviour.choices.find(({ upTo }) => at < upTo) ?? behaviour.choices.at(-1);
      const requests: PlannedRequest[] = [];
      if (chosen !== undefined) expand(chosen.action, false, requests);
      return requests;
    },
    nextWaitMs: () => {
      const [low, high] = behaviour.waitSeconds;
      return (low + wait.next() * (high - low)) * 1000;
    },
  };
}
