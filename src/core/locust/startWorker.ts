import { startChild, type ProcessSpec } from './startChild';

/** One worker of Locust on this machine. */
export interface RunningWorker {
  hasEnded(): boolean;
  /** The end of what it wrote. */
  lastWords(): string;
  close(): Promise<void>;
}

const closeMs = 2_000;

export function startWorker(spec: ProcessSpec): RunningWorker {
  const { child, remember, hasEnded, lastWords, awaitEnd } = startChild(spec);
  child.stdin.end();
  child.stdout.setEncoding('utf8').on('data', remember);
  return {
    hasEnded,
    lastWords,
    close: async () => {
      child.kill('SIGTERM');
      await awaitEnd(closeMs);
    },
  };
}
