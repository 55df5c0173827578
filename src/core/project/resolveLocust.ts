import { access } from 'node:fs/promises';
import path from 'node:path';
import type { LocustPlan } from '../../shared/plan';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

/** Null for our own generator. Throws `UserError` ('usage') for options of Locust without it, and for a file that is not there. */
export async function resolveLocust(
  request: Pick<RunRequest, 'engine' | 'workers' | 'locustFile'>,
  workingFolder: string,
): Promise<LocustPlan | null> {
  const { engine, workers, locustFile } = request;
  if (engine !== 'locust') {
    const option = workers !== undefined ? '--workers' : locustFile !== undefined ? '--locustfile' : null;
    if (option === null) return null;
    throw new UserError('usage', `${option} is an option of Locust, and the load comes from our own generator`, {
      hint: 'Add --engine locust.',
    });
  }
  const file = locustFile === undefined ? null : path.resolve(workingFolder, locustFile);
  if (file !== null) {
    await access(file).catch((cause: unknown) => {
      throw new UserError('usage', `There is no Locust file ${file}`, { hint: 'Name an existing one.', cause });
    });
  }
  return { workers: workers ?? 1, file };
}
