import type { GeneratorReply, GeneratorRequest } from './loadJob';
import { runJob } from './runJob';

// The load generator's process: one job over IPC, then its end. Without its parent it has no reason to go on.

const stop = new AbortController();

function reply(message: GeneratorReply): void {
  if (process.connected) process.send?.(message);
}

/** The last word: the process ends when it has been written. */
function conclude(message: GeneratorReply, exitCode: number): void {
  if (!process.connected || process.send === undefined) process.exit(exitCode);
  process.send(message, undefined, undefined, () => process.exit(exitCode));
}

function fail(error: unknown): void {
  const known = error instanceof Error ? error : new Error(String(error));
  const message = known.message;
  conclude({ type: 'failed', message, ...(known.stack === undefined ? {} : { stack: known.stack }) }, 1);
}

process.on('disconnect', () => process.exit(1));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
// Ctrl-C in a terminal reaches the whole group; the engine decides when the load ends.
process.on('SIGINT', () => undefined);
process.on('message', (request: GeneratorRequest) => {
  if (request.type === 'stop') {
    stop.abort();
    return;
  }
  runJob(request.job, { signal: stop.signal, onReply: reply }).then(
    (result) => conclude({ type: 'done', result }, 0),
    fail,
  );
});
reply({ type: 'ready' });
