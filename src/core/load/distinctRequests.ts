import type { Behaviour, RequestSpec } from '../../shared/behaviour';

/** Every request that a user of a behaviour may make, by name, each once and without weight; of several of one name the last. */
export function distinctRequests(behaviour: Behaviour): readonly RequestSpec[] {
  const requests = new Map<string, RequestSpec>();
  for (const action of behaviour.requests) {
    if ('pick' in action) continue;
    if ('steps' in action) {
      for (const step of action.steps) if (typeof step !== 'string') requests.set(step.name, step);
      continue;
    }
    const { weight: _weight, repeat: _repeat, ...request } = action;
    requests.set(request.name, request);
  }
  return [...requests.values()];
}

/** What a router needs to know of a request: no query, and a 1 in place of each template. */
export function plainRequest({ method, path }: Pick<RequestSpec, 'method' | 'path'>): {
  readonly method: string;
  readonly path: string;
} {
  return { method, path: (path.split('?')[0] ?? path).replaceAll(/\{\{[^}]*\}\}/g, '1') };
}
