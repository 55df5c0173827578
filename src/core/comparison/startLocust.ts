import path from 'node:path';
import { cacheFolder } from '../cacheFolder';
import { findLocust, locustPythonVariable } from '../locust/findLocust';
import { locustFile } from '../locust/locustFile';
import { openLocust, type LocustEngine } from '../locust/openLocust';
import type { TrialDeps } from '../trial/trialDeps';
import type { ComparisonDeps, ComparisonOptions } from './comparisonDeps';
import type { RecordKeeper } from './recordKeeper';

/** Not before the behaviour is known, which may be the app's own routes. */
export async function startLocust(
  { plan, toolEnvironment, workFolder }: TrialDeps,
  keeper: RecordKeeper,
  { environment }: ComparisonDeps,
  { onEvent, signal }: ComparisonOptions,
): Promise<LocustEngine | null> {
  if (plan.locust === null) return null;
  const onStep = (message: string): void => {
    onEvent({ type: 'preflight', check: 'locust', state: 'running', message });
  };
  onStep('Starting Locust');
  const search = { pythonPath: plan.target.python.path, cacheFolder: cacheFolder(environment) };
  const python = await findLocust(
    { ...search, environment: toolEnvironment, signal, onStep },
    environment[locustPythonVariable],
  );
  const { workers, remote, file, userClasses: chosen } = plan.locust;
  const text = locustFile({
    behaviourName: plan.scenario.behaviourName,
    behaviour: plan.behaviour,
    load: plan.scenario.load,
    durationSeconds: plan.trialSeconds,
    origin: `http://${plan.target.host}`,
  });
  const locust = await openLocust({
    python,
    file: file ?? { text },
    userClasses: chosen,
    workers,
    remote,
    // What is copied to other machines stays with the run; else it goes with it.
    folder: path.join(remote === null ? workFolder : keeper.folder.path, 'locust'),
    environment: toolEnvironment,
    signal,
    onStep,
  });
  const { version, userClasses } = locust;
  keeper.update({ plan: { ...keeper.state.plan, locust: { ...plan.locust, version, userClasses } } });
  const all = workers + (remote?.count ?? 0);
  const message = `Locust ${version}, ${all} ${all === 1 ? 'worker' : 'workers'}: ${userClasses.join(', ')}`;
  onEvent({ type: 'preflight', check: 'locust', state: 'ok', message });
  return locust;
}
