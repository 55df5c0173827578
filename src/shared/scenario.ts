import * as z from 'zod';

/** Load by simulated users with think time, or by arrivals at a fixed rate whatever the app does. */
export type Load =
  | { readonly type: 'users'; readonly users: number; readonly spawnRatePerSecond: number }
  | { readonly type: 'rate'; readonly ratePerSecond: number; readonly arrivals: 'even' | 'poisson' };

/** The same where it is read from a file. */
export const loadSchema = z.union([
  z.object({ type: z.literal('users'), users: z.int(), spawnRatePerSecond: z.number() }),
  z.object({ type: z.literal('rate'), ratePerSecond: z.number(), arrivals: z.enum(['even', 'poisson']) }),
]);

const common = {
  durationSeconds: z.number().positive().describe('Measured time per variant, all blocks together'),
  blocks: z.int().min(1).optional().describe('How often each variant is measured, in random order'),
  trialSeconds: z.number().positive().optional().describe('Measured time of one trial, in steps of 5 s'),
  warmupSeconds: z.number().min(0).optional().describe('Before each measurement, after the last user has started'),
  behaviour: z.string().optional().describe('What the users do; default WebAppUser'),
};

export const scenarioSchema = z.union([
  z.strictObject({
    users: z.int().min(1).describe('Simulated users at the same time'),
    spawnRatePerSecond: z.number().positive().describe('Users started per second, until all are there'),
    ...common,
  }),
  z.strictObject({
    ratePerSecond: z.number().positive().describe('Actions that start per second, however slow the answers are'),
    arrivals: z.enum(['even', 'poisson']).default('even').describe('At even distances, or at random'),
    ...common,
  }),
]);
export type ScenarioSpec = z.infer<typeof scenarioSchema>;
