import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';

/**
 * Keeps this process alive while a child runs, and lets the child have the signals, each once.
 *
 * Ctrl-C reaches every process of the terminal's foreground group, so the child has it already and SIGINT is passed on
 * only where no terminal is (a CI runner that signals its direct child). SIGTERM comes from a program and reaches
 * this process alone, so it is passed on; `npm` does the same for us.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {{ received: () => NodeJS.Signals | undefined, release: () => void }}
 */
export function leaveSignalsTo(child) {
  /** @type {NodeJS.Signals | undefined} */
  let received;
  const isInterruptShared = process.platform === 'win32' || hasTerminal();
  const onInterrupt = () => {
    if (received === undefined && !isInterruptShared) child.kill('SIGINT');
    received ??= 'SIGINT';
  };
  const onTerminate = () => {
    if (received !== 'SIGTERM') child.kill('SIGTERM');
    received = 'SIGTERM';
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    received: () => received,
    release: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}

/**
 * The exit code that shells give to a process ended by a signal.
 * @param {NodeJS.Signals} signal
 */
export function exitCodeOfSignal(signal) {
  return 128 + constants.signals[signal];
}

/** Whether this process has a controlling terminal, whatever its stdio is redirected to. */
function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
