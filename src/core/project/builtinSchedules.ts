import { builtinBehaviours, builtinScenarios } from '../../shared/builtins';
import type { NoiseSchedule } from '../../shared/noise/noiseSchemas';
import { healthyPlanSeconds } from '../../shared/planSeconds';
import { projectFileSchema } from '../../shared/projectFile';
import { runRequestSchema } from '../../shared/runRequest';
import { capacityTimes } from './capacityTimes';
import { resolveScenario } from './resolveScenario';

/** How long each built-in scenario measures when nothing is asked for; `seconds` of a whole run of two variants, start and stop included. */
export function builtinSchedules({ hasCapacity }: { readonly hasCapacity: boolean }): NoiseSchedule[] {
  const project = projectFileSchema.parse({});
  const fallback = { name: 'WebAppUser', behaviour: builtinBehaviours['WebAppUser'] ?? { requests: [] } };
  return Object.keys(builtinScenarios).map((name) => {
    const resolved = resolveScenario(runRequestSchema.parse({ folder: '.', scenario: name }), project, fallback);
    const { blocks, trialSeconds } = resolved;
    const capacity = hasCapacity ? capacityTimes(name) : null;
    return { name, blocks, trialSeconds, seconds: healthyPlanSeconds({ ...resolved, capacity, variants: ['', ''] }) };
  });
}
