import * as z from 'zod';
import { behaviourSchema } from './behaviour';
import { outageModes } from './outage';
import { scenarioSchema } from './scenario';

const command = z.array(z.string()).min(1);
const environment = z.record(z.string(), z.string());

/** How each trial gets a state of its own. The value names the environment variable that tells the app where it is. */
export const resetSchema = z.strictObject({
  sqlite: z
    .string()
    .optional()
    .describe('Environment variable for the path of an SQLite file: each trial gets a copy of what "prepare" made'),
  folder: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Environment variable, or several, for the path of a folder: each trial gets an empty one'),
  mysql: z
    .string()
    .optional()
    .describe(
      'Environment variable for the name (or URL) of a MySQL or MariaDB database: each trial gets a copy of its own',
    ),
  postgres: z
    .string()
    .optional()
    .describe('Environment variable for the name (or URL) of a PostgreSQL database: each trial gets a copy of its own'),
  redis: z
    .string()
    .optional()
    .describe('Environment variable for the URL (or number) of a Redis database: each trial gets an empty one'),
  projectCopy: z
    .boolean()
    .optional()
    .describe('true: each trial runs in a copy of the project folder, for state whose path cannot be set'),
  command: command.optional().describe('A command of your own that resets the state before each trial'),
});
export type Reset = z.infer<typeof resetSchema>;

export const companionSchema = z.strictObject({
  name: z.string().min(1).describe('What its figures stand under, such as celery'),
  command: command.describe('Program and arguments; {python} {port} {state} {target} are filled in'),
  cwd: z.string().optional().describe("Where it runs, from the project file's folder; left out: where the target runs"),
  ready: z
    .strictObject({ log: z.string().describe('Regular expression that a line of its output matches') })
    .optional()
    .describe('How to see that it is ready; left out: as soon as it runs'),
});

export const variantSchema = z.union([
  z.array(z.string()),
  z.strictObject({
    env: z.array(z.string()).default([]).describe('Env files, later ones win; {target} is filled in'),
    set: environment.default({}).describe('Single variables, over the files'),
    default: z.boolean().default(true).describe('false: runs only when named'),
    outage: z
      .enum(outageModes)
      .optional()
      .describe(
        'The collector plays a Honeybadger that is slow, answers 429, 500 or 413, hangs, or refuses connections',
      ),
  }),
]);
export type VariantSpec = z.infer<typeof variantSchema>;

export const targetSchema = z.strictObject({
  command: command
    .optional()
    .describe('Starts the app: program and arguments; {python} {port} {state} {target} are filled in'),
  start: command
    .optional()
    .describe(
      'In place of "command", for an app that is not ours to run: has it run as the variables of the variant say, and ends then; needs "stop" and "url"',
    ),
  stop: command.optional().describe('Ends the app that "start" started, and itself when that is done'),
  collectorUrl: z
    .string()
    .optional()
    .describe(
      'How the app of "start" reaches our collector: http://HOST:PORT, an address of this machine or a tunnel to that port of it; left out: it sends where it always does, and nothing of that can be verified',
    ),
  url: z.string().optional().describe('Where the app answers; left out: http://127.0.0.1 and the port'),
  cwd: z.string().default('.').describe("Where the app runs, from the project file's folder"),
  port: z.int().min(0).max(65535).optional().describe('0 or left out: a free one for each trial'),
  ready: z.string().startsWith('/').default('/').describe('Path that answers 200 to 399 when the app is ready'),
  env: z.array(z.string()).default([]).describe('Env files of all variants, under their own; {target} is filled in'),
  set: environment.default({}).describe('Single variables of all variants, over "env"'),
  prepare: z.array(command).default([]).describe('Commands that make the initial state, once per comparison'),
  reset: resetSchema.optional().describe('How each trial gets a state of its own, never in place'),
  companions: z.array(companionSchema).default([]).describe('Processes beside the app, such as a Celery worker'),
  variants: z
    .record(z.string(), variantSchema)
    .optional()
    .describe('In place of the common variants; the first is the baseline'),
});
export type TargetSpec = z.infer<typeof targetSchema>;

/** A size written as `2%` (of the baseline), `0.5ms`, `5MB` or a plain number in the metric's unit. */
const effectSize = z.string().or(z.number());

export const stackSchema = z.strictObject({
  start: command.optional().describe('Starts it, and ends when it answers'),
  stop: command.optional().describe('Stops it at the end of the run'),
  env: environment.default({}).describe('What every variant is told of it, over its own env files'),
});
export type StackSpec = z.infer<typeof stackSchema>;

export const projectFileSchema = z.strictObject({
  $schema: z.string().optional(),
  targets: z.record(z.string(), targetSchema).default({}).describe('The apps, by name; left out: they are detected'),
  variants: z
    .record(z.string(), variantSchema)
    .optional()
    .describe('What is compared: env files, or { "env", "set", "default" }, by name; the first is the baseline'),
  scenarios: z
    .record(z.string(), scenarioSchema)
    .default({})
    .describe('Loads of your own, beside quick, light_load, medium_load, heavy_load and burst_load'),
  behaviours: z
    .record(z.string(), behaviourSchema)
    .default({})
    .describe('What simulated users do, beside WebAppUser, HeavyUser, BurstUser and DatabaseHeavyUser'),
  headline: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'Metrics that the verdict is about; default: cpu_ms_per_request, latency_mean_ms, capacity_rps, capacity_cpu_ms_per_request',
    ),
  smallestEffects: z
    .record(z.string(), z.union([effectSize, z.array(effectSize)]))
    .default({})
    .describe('By metric, the smallest difference that matters: "2%", "0.5ms", or the larger of several in a list'),
  capacity: z
    .strictObject({
      connections: z.int().min(1).default(16).describe('Requests on their way at any time'),
      behaviour: z.string().optional().describe("Whose requests are sent; left out: the scenario's"),
      methods: z.array(z.string()).default(['GET']).describe('Methods of the requests that may be sent back to back'),
    })
    .optional()
    .describe('How many requests per second the app can serve, without think time'),
  budgets: z
    .array(z.string())
    .default([])
    .describe('Limits such as "cpu_ms_per_request +5%" (a change) or "error_rate 1%" (a level of the candidate)'),
  stacks: z
    .record(z.string(), stackSchema)
    .default({})
    .describe('Servers that a run starts with --stack NAME, beside the built-in mysql-redis'),
  endpoint: z
    .string()
    .default('local')
    .describe(
      'Where telemetry goes: local (our HTTPS collector) or local-http (an underestimate: no TLS); anywhere else only by --endpoint',
    ),
});
export type ProjectFile = z.infer<typeof projectFileSchema>;
