import type { ComparisonRecord } from '../../shared/record';
import { noiseFloor } from '../../shared/noise/noiseFloor';
import { noiseConditions, noiseRunOf } from '../../shared/noise/noiseRun';
import type { NoiseFloor, NoiseRun, NoiseSchedule } from '../../shared/noise/noiseSchemas';
import { healthyPlanSeconds } from '../../shared/planSeconds';
import { machineId } from '../history/machineId';
import { addNoiseRun, readNoiseRuns } from '../history/noiseRuns';
import { builtinSchedules } from '../project/builtinSchedules';
import { buildRecord, type ComparisonState } from './buildRecord';

/** What earlier A/A runs of this target say of the noise that this comparison will have; null without any. */
export async function knownNoise(state: ComparisonState, resultsFolder: string): Promise<NoiseFloor | null> {
  return floorOf(buildRecord(state), await readNoiseRuns(resultsFolder, state.plan.target.name), state);
}

/** Keeps what a complete A/A run showed, and returns it with what was known before; null when it showed nothing. */
export async function keepNoise(state: ComparisonState, resultsFolder: string): Promise<NoiseFloor | null> {
  const record = buildRecord(state);
  const run = noiseRunOf(record, machineId(record.machine));
  if (run === null) return null;
  return floorOf(record, await addNoiseRun(resultsFolder, state.plan.target.name, run), state);
}

function floorOf(
  record: ComparisonRecord,
  runs: readonly NoiseRun[],
  { plan }: Pick<ComparisonState, 'plan'>,
): NoiseFloor | null {
  const conditions = noiseConditions(record, machineId(record.machine));
  const builtin = builtinSchedules({ hasCapacity: plan.capacity !== null });
  const own: NoiseSchedule = {
    name: plan.scenario.name,
    blocks: plan.blocks,
    trialSeconds: plan.trialSeconds,
    seconds: healthyPlanSeconds({ ...plan, variants: plan.variants.slice(0, 2) }),
  };
  const schedules = builtin.some(({ name }) => name === own.name) ? builtin : [...builtin, own];
  return noiseFloor(runs, conditions, { headline: plan.headline, schedules });
}
