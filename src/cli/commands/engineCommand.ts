import { createInterface } from 'node:readline';
import { runEngine } from '../../core/runEngine';
import { RunStopped } from '../../core/runStopped';
import type { RunEvent } from '../../shared/events';
import { engineControlSchema, runRequestSchema, type RunRequest } from '../../shared/runRequest';
import { exitCodes, UserError } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { ndjsonRenderer } from '../terminal/ndjsonRenderer';

/**
 * What the extension starts: the request on the first line of stdin, run events as NDJSON on stdout. `{"type":"stop"}` ends the run gracefully,
 * `{"type":"force"}` cuts the exit wait short, closed stdin means forced at once. Returns the exit code.
 */
export async function engineCommand(context: CommandContext): Promise<number> {
  const stop = new AbortController();
  const force = new AbortController();
  const renderer = ndjsonRenderer(context.stdout);
  const emit = (event: RunEvent): void => {
    renderer.onEvent(event);
  };
  const lines = createInterface({ input: context.stdin, crlfDelay: Infinity });
  const request = new Promise<RunRequest>((resolve, reject) => {
    lines.once('line', (line) => {
      try {
        resolve(parseRequest(line));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      lines.on('line', (later) => {
        obey(later, stop, force);
      });
    });
    lines.once('close', () => {
      reject(
        new UserError('usage', 'The engine got no request', {
          hint: 'Write it as one line of JSON to stdin, and keep stdin open.',
        }),
      );
      force.abort();
      stop.abort(new RunStopped('the connection to the editor ended: its window was closed or reloaded'));
    });
  });
  try {
    const { exitCode } = await runEngine(await request, context.engine, {
      signal: stop.signal,
      force: force.signal,
      onEvent: emit,
    });
    return exitCode;
  } catch (error) {
    const code = error instanceof UserError ? error.exitCode : exitCodes.bug;
    const message = error instanceof Error ? error.message : String(error);
    emit({ atMs: Date.now(), type: 'run-finished', exitCode: code, error: { message } });
    return code;
  } finally {
    await renderer.close();
    lines.close();
  }
}

function parseRequest(line: string): RunRequest {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new UserError('usage', 'The first line on stdin is no JSON', { cause });
  }
  const parsed = runRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError('usage', `The request is wrong: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

/** Lines that are no control are passed over: a newer extension may know more. */
function obey(line: string, stop: AbortController, force: AbortController): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return;
  }
  const control = engineControlSchema.safeParse(value);
  if (!control.success) return;
  if (control.data.type === 'force') force.abort();
  stop.abort();
}
