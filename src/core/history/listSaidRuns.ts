import { readAnnotations } from './annotations';
import { listRuns } from './listRuns';
import type { SaidRun } from './recordHistory';

/** As `listRuns`, each with what its user has said of it. */
export async function listSaidRuns(resultsFolder: string): Promise<readonly SaidRun[]> {
  const said = await readAnnotations(resultsFolder);
  return (await listRuns(resultsFolder)).map((run) => ({ ...run, annotation: said[run.summary.id] ?? {} }));
}
