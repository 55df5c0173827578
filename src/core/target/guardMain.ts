import { endRun } from './endRun';
import { parseRunState, readRunFile, type RunState } from './runState';

/**
 * The guard process. Each line on stdin is the whole state of the run, the latest counts; when stdin ends, however the
 * engine ended, the run is ended and so is the guard. The run file, its only argument, stands in when the engine was killed
 * before its first line. Exit status 1: something could not be ended.
 */
function main(): void {
  // It ends when the engine does, not with the terminal or the session: those end the engine as well.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => undefined);
  }
  let state: RunState | null = null;
  let rest = '';
  let isEnding = false;

  function take(text: string): void {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const isFirst = state === null;
      state = parseRunState(line) ?? state;
      if (isFirst && state !== null) {
        process.stdout.write('ready\n');
      }
    }
  }

  function finish(): void {
    if (!isEnding) {
      isEnding = true;
      void end(state ?? readRunFile(process.argv[2] ?? ''));
    }
  }

  process.stdout.on('error', () => undefined);
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', take);
  process.stdin.on('error', finish);
  process.stdin.once('end', finish);
  process.stdin.once('close', finish);
}

async function end(state: RunState | null): Promise<void> {
  const ended = state === null ? null : await endRun(state);
  process.exit(ended === null || ended.leftPids.length === 0 ? 0 : 1);
}

main();
