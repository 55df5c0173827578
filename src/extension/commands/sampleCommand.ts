import type { Services } from '../services';
import { trySample } from '../sample/trySample';

/** Writes the sample project where the user says, asking once. */
export async function trySampleProject(services: Services, argument: unknown): Promise<void> {
  await trySample({ distFolder: services.distFolder, logs: services.logs }, argument);
}
