import { z } from 'zod';
import { behaviourSchema } from './behaviour';
import { scenarioSchema } from './scenario';

const command = z.array(z.string()).min(1);
const environment = z.record(z.string(), z.string());

/** How each trial gets a state of its own. The value names the environment variable that tells the app where it is. */
export const resetSchema = z.strictObject({
  sqlite: z.string().optional(),
  folder: z.union([z.string(), z.array(z.string())]).optional(),
  mysql: z.string().optional(),
  postgres: z.string().optional(),
  redis: z.string().optional(),
  command: command.optional(),
});
export type Reset = z.infer<typeof resetSchema>;

export const companionSchema = z.strictObject({
  name: z.string().min(1),
  command,
  cwd: z.string().optional(),
  ready: z
    .strictObject({ log: z.string().describe('Regular expression that a line of its output matches') })
    .optional(),
});

export const variantSchema = z.union([
  z.array(z.string()),
  z.strictObject({
    env: z.array(z.string()).default([]),
    set: environment.default({}),
    default: z.boolean().default(true).describe('false: runs only when named'),
  }),
]);
export type VariantSpec = z.infer<typeof variantSchema>;

export const targetSchema = z.strictObject({
  command: command.optional(),
  start: command.optional(),
  stop: command.optional(),
  collectorUrl: z.string().optional(),
  url: z.string().optional(),
  cwd: z.string().default('.'),
  port: z.int().min(0).max(65535).optional(),
  ready: z.string().startsWith('/').default('/'),
  env: z.array(z.string()).default([]),
  set: environment.default({}),
  prepare: z.array(command).default([]),
  reset: resetSchema.optional(),
  companions: z.array(companionSchema).default([]),
  variants: z.record(z.string(), variantSchema).optional(),
});
export type TargetSpec = z.infer<typeof targetSchema>;

/** A size written as `2%` (of the baseline), `0.5ms`, `5MB` or a plain number in the metric's unit. */
const effectSize = z.string().or(z.number());

export const projectFileSchema = z.strictObject({
  $schema: z.string().optional(),
  targets: z.record(z.string(), targetSchema).default({}),
  variants: z.record(z.string(), variantSchema).optional(),
  scenarios: z.record(z.string(), scenarioSchema).default({}),
  behaviours: z.record(z.string(), behaviourSchema).default({}),
  headline: z.array(z.string()).min(1).optional(),
  smallestEffects: z.record(z.string(), z.union([effectSize, z.array(effectSize)])).default({}),
  capacity: z
    .strictObject({
      connections: z.int().min(1).default(16),
      behaviour: z.string().optional(),
      methods: z.array(z.string()).default(['GET']),
    })
    .optional(),
  budgets: z.array(z.string()).default([]),
  endpoint: z.string().default('local'),
});
export type ProjectFile = z.infer<typeof projectFileSchema>;
