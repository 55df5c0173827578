import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import * as z from 'zod';
import { defaultQueueSize } from '../../shared/outageScale';
import { hasEnvironmentValue } from '../sample/processEnvironment';
import { hasProcFs, listPids } from '../sample/procFiles';
import { killUntilClean } from '../target/killUntilClean';
import { sendSignal } from '../target/sendSignal';
import { configFields, inspectionProgram } from './inspectionProgram';
import { launchOf } from './launchOf';

const sourceSchema = z.object({
  /** Absolute, links resolved. */
  file: z.string(),
  /** From 1; that of a decorator, where there is one. */
  line: z.int(),
  /** Of the function, method or class at that place. */
  name: z.string(),
});
/** Where the code stands that answers a request. */
export type Source = z.infer<typeof sourceSchema>;

const appRouteSchema = z.object({
  /** What can be asked for, parameters filled in. */
  path: z.string(),
  /** As it was written: `/items/<int:id>/`. */
  pattern: z.string(),
  /** Module and name of the function or class that answers. */
  view: z.string(),
  hasParameters: z.boolean(),
  source: sourceSchema.nullable().optional(),
});
/** A route of an app that answers GET, as its framework knows it. */
export type AppRoute = z.infer<typeof appRouteSchema>;

const inspectedSchema = z.object({
  /** honeybadger's configuration once the app is loaded: every field as text, booleans as true or false. */
  config: z.record(z.string(), z.string()),
  /** Whether the app imports the honeybadger package; `missing`: its Python does not have it. */
  package: z.enum(['loaded', 'unused', 'missing']),
  /** DEBUG of the Django settings or of the Flask app; null when neither is there. */
  isDebug: z.boolean().nullable(),
  /** The server forks after it has loaded the app, or restarts itself when a file changes. */
  isPreloading: z.boolean(),
  isReloading: z.boolean(),
  /** Values that the named variables have once the app is loaded; null: not set. */
  environment: z.record(z.string(), z.string().nullable()),
  /** Those that answer GET, parameters filled in; empty too where the framework could not be asked. */
  routes: z.array(appRouteSchema),
  /** Of the requests that were asked for, those whose code was found. */
  sources: z.array(z.object({ method: z.string(), path: z.string(), source: sourceSchema })),
  /** Files of the app, three at most, that were loaded from the folder `within`. */
  filesWithin: z.array(z.string()),
});
/** What is in force in an app once it is loaded. Holds secrets (`config.api_key`, `environment`): never written or shown as it is. */
export type InspectedApp = z.infer<typeof inspectedSchema>;

/** How many events its queue may hold. */
export function queueLimitOf({ config }: InspectedApp): number {
  const limit = Number(config['events_max_queue_size']);
  return Number.isFinite(limit) && limit > 0 ? limit : defaultQueueSize;
}

export interface InspectionQuestion {
  /** The target's own, placeholders filled in. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment, as a trial's process gets it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values are asked for. */
  readonly names: readonly string[];
  /** A folder from which nothing of the app should be loaded, for it runs in a copy of that; null: there is none. */
  readonly within: string | null;
  readonly pythonPath: string;
  /** Whose code is to be looked for; paths without a query. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
}

/** Loading an app takes a second or two; one that connects to something at import may take longer. */
const timeoutMs = 20_000;
/** What the probe has written comes at once; only a busy machine needs this long. */
const outputLimitMs = 1_000;

/**
 * Loads the app in a process of its own, which is never measured and serves nothing, and reads back what is in force in it:
 * an app may overrule the environment that it was given (`load_dotenv(override=True)`, `honeybadger.configure(…)`).
 * Null when it cannot be read: a command that we cannot read, an app that does not load that way, no answer in 20 s.
 */
export async function inspectApp(question: InspectionQuestion, signal: AbortSignal): Promise<InspectedApp | null> {
  const launch = launchOf(question.command);
  if (launch === null) return null;
  // What the app prints at import stands before it.
  const marker = `${randomUUID()} `;
  const { names, within, requests } = question;
  const request = JSON.stringify({ launch, fields: configFields, names, within, requests });
  const line = await lastLineOf(question, ['-c', inspectionProgram, marker, request], marker, signal);
  signal.throwIfAborted();
  return line === null ? null : parse(line.slice(marker.length));
}

/** Marks the probe and all that the app starts when it is loaded. */
const probeVariable = 'INSIGHTS_COMPARISON_PROBE';

/** Runs it to its end, or until it has said what it has to say; then nothing of it is left. */
async function lastLineOf(
  question: InspectionQuestion,
  words: readonly string[],
  marker: string,
  signal: AbortSignal,
): Promise<string | null> {
  const probe = execa(question.pythonPath, words, {
    cwd: question.cwd,
    env: { ...question.environment, [probeVariable]: marker },
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    stderr: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    cancelSignal: signal,
    windowsHide: true,
    detached: true,
  });
  probe.catch(() => undefined);
  let text = '';
  const findLine = (): string | undefined =>
    text.split('\n').find((part, index, parts) => index < parts.length - 1 && part.startsWith(marker));
  // Its own end, not that of its output: what it leaves behind may hold that open for ever.
  await new Promise<void>((resolve) => {
    probe.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (findLine() !== undefined) resolve();
    });
    probe.stdout.once('end', resolve);
    probe.once('exit', () => setTimeout(resolve, outputLimitMs));
    probe.once('error', () => resolve());
  });
  probe.stdout.destroy();
  if (probe.pid !== undefined) sendSignal(-probe.pid, 'SIGKILL');
  // What the app has started outside of its group.
  if (hasProcFs)
    await killUntilClean(() => listPids().filter((pid) => hasEnvironmentValue(pid, probeVariable, marker)));
  return findLine() ?? null;
}

function parse(text: string): InspectedApp | null {
  const parsed = inspectedSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
