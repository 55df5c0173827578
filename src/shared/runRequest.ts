import * as z from 'zod';
import { outageModes } from './outage';

export const reportFormats = ['md', 'html', 'csv', 'json', 'junit', 'png'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Of Locust on this machine: far more than any has use for, against slips of the keyboard. */
export const mostWorkers = 64;

/**
 * What is asked of the engine: made from the command line's words, or sent by the extension as the first line on stdin.
 * Everything optional falls back to the project file, then to the scenario's or the schema's default.
 */
export const runRequestSchema = z.strictObject({
  purpose: z.enum(['comparison', 'aa']).default('comparison'),
  folder: z.string(),
  scenario: z.string().optional(),
  targets: z.array(z.string()).default([]),
  configFile: z.string().optional(),
  /** An interpreter asked for by name, and where it was asked (`INSIGHTS_COMPARISON_PYTHON`, a setting). */
  python: z.strictObject({ path: z.string(), origin: z.string() }).optional(),
  /** `--variant NAME=ENVFILE`: the same name again layers another file; null: the target's own environment. */
  variantFiles: z.array(z.strictObject({ name: z.string(), envFile: z.string().nullable() })).default([]),
  /** `--variants A,B`: names from the project file. */
  variantNames: z.array(z.string()).default([]),
  environment: z.array(z.strictObject({ variant: z.string(), key: z.string(), value: z.string() })).default([]),
  adHoc: z
    .strictObject({ command: z.string(), url: z.string(), ready: z.string().optional(), cwd: z.string().optional() })
    .optional(),
  behaviour: z.string().optional(),
  users: z.int().min(1).optional(),
  spawnRatePerSecond: z.number().positive().optional(),
  ratePerSecond: z.number().positive().optional(),
  arrivals: z.enum(['even', 'poisson']).optional(),
  durationSeconds: z.number().positive().optional(),
  blocks: z.int().min(1).optional(),
  /** `--until`: what half of the 95 % interval of CPU per request's ratio may be, as a share (0.02 = ±2 %). */
  until: z.number().min(0.001).max(0.5).optional(),
  trialSeconds: z.number().positive().optional(),
  warmupSeconds: z.number().min(0).optional(),
  seed: z.int().min(0).optional(),
  hasCapacity: z.boolean().default(true),
  endpoint: z.string().optional(),
  /** `--accept-events`: how many may be sent where they count against the user's quota. */
  acceptedEvents: z.int().min(0).optional(),
  /** `--accept-host`: another machine's name or address that load may be sent to. */
  acceptedHost: z.string().optional(),
  /** `--stack`: servers that are started for the run. */
  stack: z.string().optional(),
  /** `--engine`: what sends the load of scenario trials. */
  engine: z.enum(['native', 'locust']).optional(),
  /** `--workers`: of Locust. */
  workers: z.int().min(1).max(mostWorkers).optional(),
  /** `--remote-workers`: of Locust, on other machines. */
  remoteWorkers: z.int().min(1).max(mostWorkers).optional(),
  /** `--master-bind`: the address of this machine, and perhaps the port, that those call. */
  masterBind: z.string().optional(),
  /** `--locustfile`: the user's own, instead of one made of the behaviour. */
  locustFile: z.string().optional(),
  /** `--user-class`: of that file's user classes these alone. */
  userClasses: z.array(z.string()).default([]),
  /** `--base`: a commit whose code is the baseline. */
  base: z.string().optional(),
  /** `--head`: a commit whose code is the candidate; left out beside a base: the files as they are now. */
  head: z.string().optional(),
  /** `--set-requirement`: a package's release for the candidate; the same package twice: for the baseline and for the candidate. */
  setRequirements: z.array(z.string()).default([]),
  /** `--outage`: for each, the last variant that sends events is measured against such a collector too. */
  outages: z.array(z.enum(outageModes)).default([]),
  budgets: z.array(z.string()).default([]),
  /** `--pin`: the app has one core for itself, everything else the others. */
  isPinned: z.boolean().default(false),
  isForced: z.boolean().default(false),
  failOnInconclusive: z.boolean().default(false),
  out: z.string().optional(),
  reports: z.array(z.enum(reportFormats)).default(['md', 'html']),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

/** What follows the first line on the engine's stdin. */
export const engineControlSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('force') }),
]);
