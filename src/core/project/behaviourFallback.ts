import path from 'node:path';
import type { BehaviourInput } from '../../shared/behaviour';
import { builtinBehaviours } from '../../shared/builtins';
import type { LocustPlan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import type { NamedTarget } from './openProject';
import type { BehaviourFallback } from './resolveScenario';
import { routesBehaviourName } from './routesBehaviour';

interface PlannedFrom {
  readonly request: RunRequest;
  readonly project: ProjectFile;
  /** Whether there is a project file. */
  readonly isPresent: boolean;
}

/**
 * A behaviour that bears the target's name is its own. The built-in users know the sample's endpoints only: a detected app is asked for its
 * own routes, once they are known, and any other one without a project file for the page that proves it ready. A Locust file of the user's does what it
 * does: the behaviour bears its name, and is asked for that page in the rehearsal.
 */
export function behaviourFallback(
  { request, project, isPresent }: PlannedFrom,
  locust: LocustPlan | null,
  target: NamedTarget,
): BehaviourFallback & { readonly isOpen: boolean } {
  if (locust?.file) return { name: path.basename(locust.file), behaviour: readyPage(target), isOpen: false };
  const own = project.behaviours[target.name];
  if (own && !request.adHoc) return { name: target.name, behaviour: own, isOpen: false };
  if (target.entry) return { name: routesBehaviourName, behaviour: readyPage(target), isOpen: true };
  const webAppUser = builtinBehaviours['WebAppUser'];
  if (isPresent && !request.adHoc && webAppUser) return { name: 'WebAppUser', behaviour: webAppUser, isOpen: false };
  return { name: `GET ${target.spec.ready}`, behaviour: readyPage(target), isOpen: false };
}

function readyPage(target: NamedTarget): BehaviourInput {
  return { waitSeconds: [1, 3], requests: [{ name: `GET ${target.spec.ready}`, path: target.spec.ready }] };
}
