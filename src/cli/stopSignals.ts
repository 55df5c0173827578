import { RunStopped } from '../core/runStopped';

/** Aborts on the first Ctrl-C (finish the record), forces on the second (skip the wait for the app's exit). */
export interface StopSignals {
  readonly stop: AbortController;
  readonly force: AbortController;
  dispose(): void;
}

/** Listens for SIGINT, SIGTERM and SIGHUP until disposed of. A lost terminal (SIGHUP) does not wait for anything. */
export function listenForStop(onStop: (reason: string) => void): StopSignals {
  const stop = new AbortController();
  const force = new AbortController();
  const ask = (reason: string, stopped?: RunStopped): void => {
    if (stop.signal.aborted) {
      force.abort();
      return;
    }
    onStop(reason);
    stop.abort(stopped);
  };
  const onInterrupt = (): void => {
    ask('Ctrl-C');
  };
  const onTerminate = (): void => {
    ask('SIGTERM', new RunStopped('ended by SIGTERM'));
  };
  const onHangUp = (): void => {
    ask('the terminal was closed', new RunStopped('the terminal was closed'));
    force.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  process.on('SIGHUP', onHangUp);
  return {
    stop,
    force,
    dispose: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onHangUp);
    },
  };
}
