import { behaviourSchema, type Behaviour } from '../../shared/behaviour';

/** The behaviour of an app for which nobody has written one. */
export const routesBehaviourName = "the app's own routes";

/** Users who ask for each of these paths equally often, with the think time of the built-in ones. */
export function routesBehaviour(paths: readonly string[]): Behaviour {
  return behaviourSchema.parse({
    waitSeconds: [1, 3],
    requests: paths.map((path) => ({ weight: 1, name: `GET ${path}`, path })),
  });
}
