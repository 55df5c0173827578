import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { nearestOf } from './nearestOf';
import type { NamedTarget } from './openProject';
import { projectFileName } from './projectFileName';

/** Those that the request names; without a name the first one. Throws `UserError` for a name that there is not, and where there is no app at all. */
export function chooseTargets(request: RunRequest, candidates: readonly NamedTarget[]): readonly NamedTarget[] {
  const names = candidates.map(({ name }) => name);
  if (candidates.length === 0) {
    throw new UserError('usage', `No Django or Flask app was found in ${request.folder}`, {
      hint: `Write ${projectFileName}, or name the app: --command "…" --url http://127.0.0.1:8000.`,
    });
  }
  if (request.targets.includes('all') || request.targets.includes('both')) return candidates;
  if (request.targets.length === 0) return candidates.slice(0, 1);
  return request.targets.map((name) => {
    const found = candidates.find((candidate) => candidate.name === name);
    if (!found)
      throw new UserError('usage', `There is no target ${name}`, { hint: nearestOf(name, [...names, 'all']) });
    return found;
  });
}
