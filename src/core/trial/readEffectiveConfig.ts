import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import * as z from 'zod';
import { defaultQueueLimit } from '../collector/collectorFindings';
import { sendSignal } from '../target/sendSignal';
import { configFields, effectiveConfigProgram } from './effectiveConfigProgram';
import { launchOf } from './launchOf';

const effectiveSchema = z.object({
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
});
/** What is in force in an app once it is loaded. Holds secrets (`config.api_key`, `environment`): never written or shown as it is. */
export type EffectiveConfig = z.infer<typeof effectiveSchema>;

/** How many events its queue may hold. */
export function queueLimitOf({ config }: EffectiveConfig): number {
  const limit = Number(config['events_max_queue_size']);
  return Number.isFinite(limit) && limit > 0 ? limit : defaultQueueLimit;
}

export interface EffectiveQuestion {
  /** The target's own, placeholders filled in. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment, as a trial's process gets it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values are asked for. */
  readonly names: readonly string[];
  readonly pythonPath: string;
}

/** Loading an app takes a second or two; one that connects to something at import may take longer. */
const timeoutMs = 20_000;

/**
 * Loads the app in a process of its own, which is never measured and serves nothing, and reads back what is in force in it:
 * an app may overrule the environment that it was given (`load_dotenv(override=True)`, `honeybadger.configure(…)`).
 * Null when it cannot be read: a command that we cannot read, an app that does not load that way, no answer in 20 s.
 */
export async function readEffectiveConfig(
  question: EffectiveQuestion,
  signal: AbortSignal,
): Promise<EffectiveConfig | null> {
  const launch = launchOf(question.command);
  if (launch === null) return null;
  // What the app prints at import stands before it.
  const marker = `${randomUUID()} `;
  const request = JSON.stringify({ launch, fields: configFields, names: question.names });
  const probe = execa(question.pythonPath, ['-c', effectiveConfigProgram, marker, request], {
    cwd: question.cwd,
    env: question.environment,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    cancelSignal: signal,
    windowsHide: true,
    // A group of its own: what the app starts when it is loaded ends with the probe, and cannot hold its output open.
    detached: true,
  });
  const { pid } = probe;
  if (pid !== undefined) probe.once('exit', () => sendSignal(-pid, 'SIGKILL'));
  const { stdout } = await probe;
  signal.throwIfAborted();
  const line = stdout?.split('\n').find((text) => text.startsWith(marker));
  return line === undefined ? null : parse(line.slice(marker.length));
}

function parse(text: string): EffectiveConfig | null {
  const parsed = effectiveSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
