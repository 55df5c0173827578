import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createLineSplitter } from './lineSplitter';
import { createSecretMask } from './maskSecrets';

const tailLines = 200;

/** The output of a process: masked, kept in a file and, the last of it, in memory. */
export interface ProcessOutput {
  tail(): readonly string[];
  /** Calls back for each line from now on; returns what takes the listener off again. */
  onLine(listener: (line: string) => void): () => void;
  /** Resolves when both streams have ended and the file is written. */
  readonly finished: Promise<void>;
}

export interface OutputOptions {
  readonly logFile: string;
  readonly secrets: readonly string[];
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Takes the streams' lines into one log. The file is appended to; its folder must be there. */
export function recordOutput(streams: readonly Readable[], options: OutputOptions): ProcessOutput {
  const file = createWriteStream(options.logFile, { flags: 'a' });
  const tail: string[] = [];
  const listeners = new Set<(line: string) => void>(options.onLine === undefined ? [] : [options.onLine]);
  let isFileUsable = true;

  function add(line: string): void {
    tail.push(line);
    if (tail.length > tailLines) {
      tail.shift();
    }
    if (isFileUsable) {
      file.write(`${line}\n`);
    }
    listeners.forEach((listener) => listener(line));
  }

  // A full disk must not end the trial; that the log is cut short stands in the tail.
  file.once('error', (error) => {
    isFileUsable = false;
    add(`[the log file could not be written: ${error.message}]`);
  });

  const mask = createSecretMask(options.secrets);
  const ended = streams.map(
    (stream) =>
      new Promise<void>((resolve) => {
        const splitter = createLineSplitter(mask, add);
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => splitter.push(text));
        stream.on('error', () => undefined);
        stream.once('close', () => {
          splitter.end();
          resolve();
        });
      }),
  );
  const finished = Promise.all(ended).then(
    () => new Promise<void>((resolve) => (isFileUsable ? file.end(() => resolve()) : resolve())),
  );
  return {
    tail: () => [...tail],
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    finished,
  };
}
