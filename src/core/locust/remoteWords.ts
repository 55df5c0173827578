import path from 'node:path';
import type { RemoteWorkers } from '../../shared/plan';

export const workerFileName = 'insights_comparison_worker.py';

/** What to do on each of the other machines, in words and one command line. `ownFile`: the user's, absolute; null: ours, in the folder. */
export function remoteWords(
  { host, port }: Pick<RemoteWorkers, 'host' | 'port'>,
  { folder, ownFile, version }: { readonly folder: string; readonly ownFile: string | null; readonly version: string },
): readonly string[] {
  const file = ownFile === null ? 'locustfile.py' : path.basename(ownFile);
  const copied =
    ownFile === null
      ? `copy the folder ${folder}, and in it`
      : `copy ${path.join(folder, workerFileName)} and ${ownFile} (with what it imports) into one folder, and in it`;
  return [
    `On each of the other machines ${copied}:`,
    `pip install locust==${version} && locust -f ${workerFileName},${file} --worker --master-host ${host} --master-port ${port}`,
  ];
}
