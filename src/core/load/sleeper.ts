/** Sleeps that end together: when the load stops, nobody is left thinking. */
export interface Sleeper {
  /** Resolves at that time of `performance.now()` to the ms, or when stopped. */
  sleepUntil(atMs: number): Promise<void>;
  isStopped(): boolean;
  stop(): void;
}

/** `onTimer` is told how late each sleeper was woken, ms. */
export function createSleeper(onTimer: (lateMs: number) => void): Sleeper {
  const asleep = new Map<NodeJS.Timeout, () => void>();
  let stopped = false;
  return {
    sleepUntil: (atMs) =>
      new Promise((resolve) => {
        if (stopped) {
          resolve();
          return;
        }
        const timer = setTimeout(
          () => {
            asleep.delete(timer);
            onTimer(performance.now() - atMs);
            resolve();
          },
          Math.max(0, atMs - performance.now()),
        );
        asleep.set(timer, resolve);
      }),
    isStopped: () => stopped,
    stop: () => {
      stopped = true;
      for (const [timer, wake] of asleep) {
        clearTimeout(timer);
        wake();
      }
      asleep.clear();
    },
  };
}
