import { fork, type ChildProcess } from 'node:child_process';
import { assertNever } from '../../shared/assertNever';
import type { GeneratorReply, GeneratorRequest, LoadJob, LoadResult } from './loadJob';

export interface LoadDependencies {
  /** Path of the bundled `generator.js`. */
  readonly entry: string;
  /** The generator's whole environment, nothing inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** What runs Node, with leading words that become it in the end (`taskset …`); left out: this process's own Node. */
  readonly node?: readonly string[];
}

export interface LoadOptions {
  readonly signal: AbortSignal;
  readonly onReply?: (reply: GeneratorReply) => void;
  readonly onStarted?: (pid: number) => void;
}

/** After a stop, this long for the result of what there is. */
const stopGraceMs = 2000;
const stderrCharacters = 2000;

/**
 * Runs one job in a generator process of its own. Aborting the signal stops the load; what was measured until then is still the result, if
 * it comes within 2 s. Rejects when the generator reports a failure, ends without a result, or was aborted before it began. Its end is
 * awaited in every case.
 */
export async function runLoad(job: LoadJob, deps: LoadDependencies, options: LoadOptions): Promise<LoadResult> {
  const { signal } = options;
  signal.throwIfAborted();
  const [execPath = process.execPath, ...execArgv] = deps.node ?? [];
  const child = fork(deps.entry, [], {
    env: { ...deps.environment },
    execPath,
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors = collectErrors(child);
  const exited = exitOf(child);
  if (child.pid !== undefined) options.onStarted?.(child.pid);
  let killer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    tell(child, { type: 'stop' });
    killer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await Promise.race([
      resultOf(child, job, signal, options.onReply),
      exited.then((how) => unexpectedEnd(how, errors())),
    ]);
    return result;
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(killer);
    // It ends by itself after its last word; a generator that does not is of no use to anybody.
    const straggler = setTimeout(() => child.kill('SIGKILL'), 1000);
    await exited;
    clearTimeout(straggler);
  }
}

function resultOf(
  child: ChildProcess,
  job: LoadJob,
  signal: AbortSignal,
  onReply: ((reply: GeneratorReply) => void) | undefined,
): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    child.on('message', (reply: GeneratorReply) => {
      onReply?.(reply);
      switch (reply.type) {
        case 'ready':
          tell(child, { type: 'run', job });
          if (signal.aborted) tell(child, { type: 'stop' });
          return;
        case 'done':
          resolve(reply.result);
          return;
        case 'failed':
          reject(generatorError(reply.message, reply.stack));
          return;
        case 'warming':
        case 'window':
        case 'second':
          return;
        default:
          assertNever(reply);
      }
    });
  });
}

function generatorError(message: string, stack: string | undefined): Error {
  const error = new Error(`The load generator failed: ${message}`);
  if (stack !== undefined) error.stack = `${error.message}\n${stack}`;
  return error;
}

function unexpectedEnd(how: string, errors: string): never {
  throw new Error(`The load generator ended unexpectedly (${how})`, errors === '' ? undefined : { cause: errors });
}

/** Resolves, never rejects, with how it ended: `signal SIGKILL`, `exit code 1`. Its last messages have been read by then. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
      if (child.connected) child.once('disconnect', () => resolve(how));
      else resolve(how);
    });
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
  });
}

/** The last of what it wrote to stderr: what V8 says when memory runs out. */
function collectErrors(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-stderrCharacters);
  });
  return () => text.trim();
}

function tell(child: ChildProcess, request: GeneratorRequest): void {
  // A generator that is gone already is told of by its exit.
  if (child.connected) child.send(request, () => undefined);
}
