import * as z from 'zod';
import { loadSchema } from '../scenario';

const machineSchema = z.object({
  /** A fingerprint of host, processor and cores: the same on the same machine. */
  id: z.string(),
  host: z.string(),
  cpu: z.string(),
  cores: z.int(),
});

const softwareSchema = z.object({
  python: z.string().nullable(),
  framework: z.string().nullable(),
  server: z.string().nullable(),
  honeybadger: z.string().nullable(),
});

/** What was measured against itself: noise of something else is another noise. */
export const noiseConditionsSchema = z.object({
  machine: machineSchema,
  software: softwareSchema,
  scenario: z.string(),
  behaviour: z.string(),
  load: loadSchema,
  endpoint: z.string(),
  /** Whether the app had a core for itself; left out: no. */
  pinned: z.boolean().optional(),
  trialSeconds: z.number(),
  /** Null: without capacity trials. */
  capacitySeconds: z.number().nullable(),
});
export type NoiseConditions = z.infer<typeof noiseConditionsSchema>;

export const noiseRunSchema = noiseConditionsSchema.extend({
  /** Of the A/A run's record. */
  id: z.string(),
  measuredAt: z.iso.datetime(),
  blocks: z.int(),
  metrics: z.record(
    z.string(),
    z.object({
      /** Standard deviation of one block's log ratio. */
      logSd: z.number().min(0),
      blocks: z.int().min(2),
      /** Whether the identical pair was called different: a false claim. */
      isClaimed: z.boolean(),
    }),
  ),
});
/** What one A/A run showed of one target on one machine: a line of `noise/<target>.json`. */
export type NoiseRun = z.infer<typeof noiseRunSchema>;

export const noiseFloorSchema = noiseConditionsSchema.extend({
  /** A/A runs that it is pooled from, and how many of them called the identical pair different. */
  runs: z.int().min(1),
  runsWithClaims: z.int().min(0),
  /** Of the newest. */
  measuredAt: z.string(),
  /** Whether it was measured on the machine of this record. */
  isSameMachine: z.boolean(),
  /** Of `resolvablePercent`: the headline family's with one candidate. */
  level: z.number(),
  /** The lengths that `resolvablePercent` speaks of; `seconds`: of a whole run of two variants. */
  scenarios: z.array(z.object({ name: z.string(), blocks: z.int(), trialSeconds: z.number(), seconds: z.number() })),
  metrics: z.record(
    z.string(),
    z.object({
      /** 100 × the standard deviation of one block's log ratio. */
      sdPercent: z.number().min(0),
      /** Blocks that the standard deviation comes from. */
      blocks: z.int(),
      /** By scenario, half of the headline interval in percent; null: too few blocks for one. */
      resolvablePercent: z.record(z.string(), z.number().nullable()),
    }),
  ),
});
/** What the baseline against itself showed, as far as it holds for a comparison: the record's `noise`. */
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;
export type NoiseSchedule = NoiseFloor['scenarios'][number];
