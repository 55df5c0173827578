/** An act that is asked for more often than it is done. */
export interface Throttle {
  /** Acts at once, or when the interval since the last time is over. */
  request(): void;
  /** Acts now, whether it was asked for or not. */
  flush(): void;
  /** What was asked for and not done yet never is. */
  dispose(): void;
}

/** At most one act per interval, never losing the last. */
export function createThrottle(intervalMs: number, act: () => void): Throttle {
  let timer: NodeJS.Timeout | null = null;
  let isAsked = false;
  const dispose = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    isAsked = false;
  };
  const flush = (): void => {
    dispose();
    timer = setTimeout(() => {
      timer = null;
      if (isAsked) flush();
    }, intervalMs);
    act();
  };
  return {
    request() {
      if (timer === null) flush();
      else isAsked = true;
    },
    flush,
    dispose,
  };
}
