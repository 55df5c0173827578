import { isCollector, type Endpoint } from '../../shared/endpoint';
import type { CapacityPlan, LocustPlan, TargetControl } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { Warning } from '../../shared/record';
import { capacityRequests } from './capacityRequests';
import { capacityTimes } from './capacityTimes';
import { noCapacityAway, noCapacityOfLocust, noCapacityRequests } from './planNotes';
import { resolveBehaviour, type BehaviourFallback } from './resolveScenario';

export interface CapacityWish {
  readonly isWanted: boolean;
  readonly project: ProjectFile;
  readonly scenario: { readonly name: string; readonly behaviourName: string };
  readonly fallback: BehaviourFallback;
  readonly locust: LocustPlan | null;
  readonly endpoint: Endpoint;
  readonly control: TargetControl | null;
}

/** The closed loop of a comparison; null where it is left out, with the note that says why unless the user did so. */
export function planCapacity(wish: CapacityWish): {
  readonly capacity: CapacityPlan | null;
  readonly note: Warning | null;
} {
  const { project, locust, endpoint, control } = wish;
  if (!wish.isWanted) return { capacity: null, note: null };
  // What a Locust file of the user's asks for, only Locust knows.
  if (locust?.file && project.capacity?.behaviour === undefined) return { capacity: null, note: noCapacityOfLocust };
  // A closed loop would send as many events as the app can make.
  if (!isCollector(endpoint)) return { capacity: null, note: noCapacityAway(control?.collectorUrl === null) };
  const capacity = closedLoop(wish);
  return { capacity, note: capacity === null ? noCapacityRequests : null };
}

function closedLoop({ project, scenario, fallback }: CapacityWish): CapacityPlan | null {
  const name = project.capacity?.behaviour ?? scenario.behaviourName;
  const requests = capacityRequests(resolveBehaviour(name, project, fallback), project.capacity?.methods ?? ['GET']);
  if (requests.length === 0) return null;
  return {
    connections: project.capacity?.connections ?? 16,
    ...capacityTimes(scenario.name),
    behaviourName: name,
    requests,
  };
}
