import type { Plan } from '../../shared/plan';
import type { Warning } from '../../shared/record';
import { capacityRequests } from '../project/capacityRequests';
import { routesBehaviour, routesBehaviourName } from '../project/routesBehaviour';
import type { RoutesTried } from '../trial/tryRoutes';

/** More would leave each of them too few requests in a short trial. */
const mostRoutes = 20;
const mostShown = 8;

/** A plan whose behaviour was open, with the routes that answered as its behaviour, and what the user should know of it. */
export function adoptRoutes(plan: Plan, { usable, leftOut }: RoutesTried): { plan: Plan; finding: Warning } {
  const paths = usable.slice(0, mostRoutes);
  const surplus = usable.slice(mostRoutes).map((path) => ({ path, reason: `behind the first ${mostRoutes}` }));
  const others = [...leftOut, ...surplus].map(({ path, reason }) => `${path} (${reason})`);
  const rest = others.length === 0 ? '' : ` Left out: ${listed(others)}.`;
  if (paths.length === 0) {
    return {
      plan: { ...plan, isBehaviourOpen: false },
      finding: {
        code: 'no_usable_route',
        message: `None of the app's own routes could be used, so the load asks for ${plan.target.readyPath} alone.${rest}`,
        advice: behaviourAdvice,
      },
    };
  }
  const behaviour = routesBehaviour(paths);
  return {
    plan: {
      ...plan,
      behaviour,
      isBehaviourOpen: false,
      scenario: { ...plan.scenario, behaviourName: routesBehaviourName },
      capacity: plan.capacity && {
        ...plan.capacity,
        behaviourName: routesBehaviourName,
        requests: capacityRequests(behaviour, ['GET']),
      },
    },
    finding: {
      code: 'endpoints_from_routes',
      message: `Nobody has named a behaviour: the load asks for ${paths.length} of the app's own routes, each equally often: ${listed(paths)}.${rest}`,
      advice: behaviourAdvice,
    },
  };
}

const behaviourAdvice =
  'Write what your users do under "behaviours" in the project file; "onStart" logs them in. "insights-comparison init" writes a first one.';

function listed(texts: readonly string[]): string {
  const more = texts.length - mostShown;
  return more > 0 ? `${texts.slice(0, mostShown).join(', ')} and ${more} more` : texts.join(', ');
}
