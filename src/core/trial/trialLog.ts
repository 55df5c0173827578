import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Sample, TrialPhase } from '../../shared/events';

/** `trials/NN-<variant>.ndjson`: a line per second, and marks for phases, flushes and errors, each with its Unix time. */
export interface TrialLog {
  sample(sample: Sample): void;
  mark(mark: TrialMark): void;
  close(): Promise<void>;
}

export type TrialMark =
  | { readonly type: 'phase'; readonly phase: TrialPhase; readonly atMs: number }
  | { readonly type: 'flush'; readonly atMs: number }
  | {
      readonly type: 'error';
      readonly endpoint: string;
      readonly reason: string;
      readonly body: string;
      readonly atMs: number;
    };

/** Opens the file; what was written stays when the process dies. A write error is thrown by `close`. */
export function openTrialLog(file: string): TrialLog {
  const stream = createWriteStream(file, { flags: 'w' });
  const done = finished(stream);
  done.catch(() => undefined);
  const write = (line: object): void => {
    if (stream.writable) stream.write(`${JSON.stringify(line)}\n`);
  };
  return {
    sample: (sample) => {
      write({ type: 'second', atMs: Date.now(), ...sample });
    },
    mark: write,
    close: async () => {
      stream.end();
      await done;
    },
  };
}
