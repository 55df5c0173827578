/** One process as a listing of all of them shows it. */
export interface ListedProcess {
  readonly pid: number;
  readonly parentPid: number;
  /** Unix ms; null where the listing does not tell. */
  readonly startedAtMs: number | null;
}

/** What one process has used since it started. Null: this table does not tell. */
export interface ProcessUsage {
  readonly cpuUserSeconds: number;
  /** 0 where the two are not told apart: all is user then. */
  readonly cpuSystemSeconds: number;
  readonly rssBytes: number;
  readonly threads: number | null;
  /** On Windows handles. */
  readonly fds: number | null;
}

/** Every process of the machine, read by a tool of the platform where there is no /proc. */
export interface ProcessTable {
  /**
   * Lists all processes, asks which of them matter, and tells what those have used; one that ended meanwhile is missing.
   * Reads at the same time (an app's and its companions') share one listing. Rejects when the tool fails.
   */
  read(choose: (listed: readonly ListedProcess[]) => readonly number[]): Promise<ReadonlyMap<number, ProcessUsage>>;
  close(): Promise<void>;
}

/** A process with its usage, from tools that tell both at once. */
export type TableRow = ListedProcess & ProcessUsage;

/** The table of a tool that tells everything in one go. */
export function tableOfRows(list: () => Promise<readonly TableRow[]>, close: () => Promise<void>): ProcessTable {
  const shared = shareWhilePending(list);
  return {
    async read(choose) {
      const rows = await shared();
      const chosen = new Set(choose(rows));
      return new Map(rows.filter(({ pid }) => chosen.has(pid)).map((row) => [row.pid, row]));
    },
    close,
  };
}

/** Calls that come while one is pending get that one's answer. */
export function shareWhilePending<T>(work: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | null = null;
  return () => {
    pending ??= work().finally(() => {
      pending = null;
    });
    return pending;
  };
}

/** Reads the first table until it fails once, and from then on the second. */
export function withFallback(first: ProcessTable, second: ProcessTable): ProcessTable {
  let hasFailed = false;
  return {
    async read(choose) {
      if (hasFailed) return second.read(choose);
      try {
        return await first.read(choose);
      } catch {
        hasFailed = true;
        return second.read(choose);
      }
    },
    async close() {
      await first.close();
      await second.close();
    },
  };
}
