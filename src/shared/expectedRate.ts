import type { ActionSpec, Behaviour } from './behaviour';
import type { Load } from './scenario';

/** What a request takes, roughly: only users that hardly wait between two of them notice. */
const guessedRequestSeconds = 0.02;

/**
 * Requests per second that a load is about to make, before anything was measured. At an arrival rate: actions per second times
 * requests per action; with users: one action per think time and user.
 */
export function expectedRequestsPerSecond(load: Load, behaviour: Behaviour): number {
  const requests = requestsPerAction(behaviour);
  if (load.type === 'rate') return load.ratePerSecond * requests;
  const [low, high] = behaviour.waitSeconds;
  return (load.users * requests) / ((low + high) / 2 + requests * guessedRequestSeconds);
}

function requestsPerAction({ requests }: Behaviour): number {
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return 1;
  return requests.reduce((sum, action) => sum + action.weight * requestsOf(action), 0) / weights;
}

/** A burst's and a sequence's own actions count once each: that they may repeat themselves is neglected. */
function requestsOf(action: ActionSpec): number {
  if ('steps' in action) return action.steps.length;
  const [low, high] = ('pick' in action ? action.pick : action.repeat) ?? [1, 1];
  return (low + high) / 2;
}
