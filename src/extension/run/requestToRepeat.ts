import path from 'node:path';
import { readRecord } from '../../core/history/readRecord';
import { folderBesideResults, resultsFolderOfRun } from '../../core/history/runPlace';
import { otherHost } from '../../core/project/otherHost';
import { requestAgain } from '../../shared/repeatableRequest';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

/**
 * The request that repeats the comparison of a record, in the folder it was made in. Throws `UserError` when the record holds
 * none (it was made by an earlier version) or cannot be read.
 */
export async function requestToRepeat(recordPath: string, workspaceFolder: string): Promise<RunRequest> {
  const { record } = await readRecord(recordPath);
  const { request } = record.plan;
  if (!request) {
    throw new UserError('usage', 'This record was made by a version that did not keep its request', {
      hint: `Run it in a terminal: ${record.plan.repeatCommand}`,
    });
  }
  const results = resultsFolderOfRun(path.dirname(recordPath));
  const folder = folderBesideResults(results);
  const again = requestAgain(request, folder === null ? { folder: workspaceFolder, out: results } : { folder });
  return { ...again, acceptedHost: otherHost(record.plan.control?.url) };
}
