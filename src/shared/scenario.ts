import { z } from 'zod';

/** Load by simulated users with think time, or by arrivals at a fixed rate whatever the app does. */
export type Load =
  | { readonly type: 'users'; readonly users: number; readonly spawnRatePerSecond: number }
  | { readonly type: 'rate'; readonly ratePerSecond: number; readonly arrivals: 'even' | 'poisson' };

const common = {
  durationSeconds: z.number().positive().describe('Measured time per variant, all blocks together'),
  blocks: z.int().min(1).optional(),
  trialSeconds: z.number().positive().optional(),
  warmupSeconds: z.number().min(0).optional(),
  behaviour: z.string().optional(),
};

export const scenarioSchema = z.union([
  z.strictObject({ users: z.int().min(1), spawnRatePerSecond: z.number().positive(), ...common }),
  z.strictObject({
    ratePerSecond: z.number().positive(),
    arrivals: z.enum(['even', 'poisson']).default('even'),
    ...common,
  }),
]);
export type ScenarioSpec = z.infer<typeof scenarioSchema>;
