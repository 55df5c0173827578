/** Values that are handed on together. */
export interface Batch<T> {
  add(value: T): void;
  /** Hands on what waits, now. */
  flush(): void;
  readonly waiting: number;
}

/** Hands values on in order, in batches: the first of each waits at most `intervalMs`. */
export function createBatch<T>(intervalMs: number, deliver: (values: readonly T[]) => void): Batch<T> {
  let values: T[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (values.length === 0) return;
    const batch = values;
    values = [];
    deliver(batch);
  };
  return {
    add(value) {
      values.push(value);
      timer ??= setTimeout(flush, intervalMs);
    },
    flush,
    get waiting() {
      return values.length;
    },
  };
}
