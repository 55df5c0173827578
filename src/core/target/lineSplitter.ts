import type { SecretMask } from './maskSecrets';

/** Longer output without a line end is passed on in pieces. */
const longestLine = 64 * 1024;

/** Cuts a stream of text into whole lines, secrets masked: they are masked by line, so none can hide between two chunks. */
export interface LineSplitter {
  push(text: string): void;
  /** Passes on what is left without a line end. */
  end(): void;
}

export function createLineSplitter(mask: SecretMask, onLine: (line: string) => void): LineSplitter {
  let rest = '';
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        onLine(mask.apply(line.endsWith('\r') ? line.slice(0, -1) : line));
      }
      if (rest.length > longestLine) {
        // The end may hold the beginning of a secret: it stays until the rest of it has come.
        const masked = mask.apply(rest);
        const kept = Math.min(mask.longest, masked.length);
        onLine(masked.slice(0, masked.length - kept));
        rest = masked.slice(masked.length - kept);
      }
    },
    end() {
      if (rest !== '') {
        onLine(mask.apply(rest));
        rest = '';
      }
    },
  };
}
