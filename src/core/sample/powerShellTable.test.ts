import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { createPowerShellTable, parseAnswer, type PowerShellProcess } from './powerShellTable';

const row = {
  pid: 4242,
  parent: 17,
  start: 1_764_000_000_123,
  user: 15_625_000,
  kernel: 4_687_500,
  memory: 41_943_040,
  threads: 12,
  handles: 301,
};
const answer = (request: number, rows: readonly object[] = [row]): string =>
  `insights-comparison ${JSON.stringify({ request, rows })}\r\n`;

/** A PowerShell that answers each request; `say` is what it prints for the request of that number. */
function fakeShell(say: (request: number) => string): PowerShellProcess & { readonly lines: string[]; end(): void } {
  const events = new EventEmitter();
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const lines: string[] = [];
  stdin.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      lines.push(line);
      const request = /^icList (\d+)$/.exec(line)?.[1];
      if (request !== undefined) stdout.write(say(Number(request)));
    }
  });
  return {
    stdin,
    stdout,
    lines,
    once: (event, listener) => events.once(event, listener),
    kill: () => events.emit('exit'),
    end: () => events.emit('exit'),
  };
}

describe('an answer of PowerShell', () => {
  test('is read in seconds and bytes, without the idle process', () => {
    expect(parseAnswer(answer(3, [{ ...row, pid: 0, start: null }, row]).trim())).toEqual({
      request: 3,
      rows: [
        {
          pid: 4242,
          parentPid: 17,
          startedAtMs: 1_764_000_000_123,
          cpuUserSeconds: 1.5625,
          cpuSystemSeconds: 0.46875,
          rssBytes: 41_943_040,
          threads: 12,
          fds: 301,
        },
      ],
    });
  });

  test.each(['', 'PS C:\\Users\\a> icList 1', 'insights-comparison {"request":1', 'insights-comparison {"request":1}'])(
    '%j is none',
    (line) => {
      expect(parseAnswer(line)).toBeNull();
    },
  );
});

describe("Windows' table", () => {
  test('starts one PowerShell, and asks it once for trees that are read at the same time', async () => {
    const shell = fakeShell((request) => `PS> icList ${request}\r\n${answer(request)}`);
    const start = vi.fn(() => shell);
    const table = createPowerShellTable(start);
    const [one, other] = await Promise.all([table.read(() => [4242]), table.read(() => [1])]);
    expect([one.get(4242)?.threads, other.size]).toEqual([12, 0]);
    await table.read(() => []);
    expect(start).toHaveBeenCalledTimes(1);
    expect(shell.lines.filter((line) => line.startsWith('icList'))).toEqual(['icList 1', 'icList 2']);
    await table.close();
  });

  test('fails when PowerShell ends, at once and from then on', async () => {
    const shell = fakeShell(() => '');
    const table = createPowerShellTable(() => shell);
    const read = table.read(() => []);
    setImmediate(() => {
      shell.end();
    });
    await expect(read).rejects.toThrow('PowerShell ended');
    await expect(table.read(() => [])).rejects.toThrow('PowerShell ended');
  });

  test('fails when PowerShell does not answer', async () => {
    vi.useFakeTimers();
    try {
      const table = createPowerShellTable(() => fakeShell(() => ''));
      const read = expect(table.read(() => [])).rejects.toThrow('PowerShell does not answer');
      await vi.advanceTimersByTimeAsync(10_000);
      await read;
    } finally {
      vi.useRealTimers();
    }
  });
});
