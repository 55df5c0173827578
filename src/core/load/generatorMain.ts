import { setFlagsFromString } from 'node:v8';
import type { GeneratorReply, GeneratorRequest } from './loadJob';
import { runJob } from './runJob';

// The load generator's process: one job over IPC, then its end. Without its parent it has no reason to go on.

// At the rates of a scenario V8 takes this process for idle and collects the whole heap again and again to give memory back: a sixth
// of its CPU. It lives for one trial.
setFlagsFromString('--no-memory-reducer');

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
