import { describe, expect, test, vi } from 'vitest';
import { createProcessTable } from './createProcessTable';
import { withFallback, type ProcessTable, type ProcessUsage } from './processTable';

const usage: ProcessUsage = { cpuUserSeconds: 1, cpuSystemSeconds: 0, rssBytes: 2, threads: null, fds: null };

function fakeTable(read: ProcessTable['read']): ProcessTable & { readonly read: ReturnType<typeof vi.fn> } {
  return { read: vi.fn(read), close: vi.fn(() => Promise.resolve()) };
}

describe('a table with another to fall back on', () => {
  test('is read from the first while that works, and after one failure from the other for good', async () => {
    let isBroken = false;
    const first = fakeTable(() => (isBroken ? Promise.reject(new Error('broken')) : Promise.resolve(new Map())));
    const second = fakeTable(() => Promise.resolve(new Map([[7, usage]])));
    const table = withFallback(first, second);
    expect((await table.read(() => [7])).size).toBe(0);
    isBroken = true;
    expect((await table.read(() => [7])).get(7)).toEqual(usage);
    await table.read(() => [7]);
    expect([first.read.mock.calls.length, second.read.mock.calls.length]).toEqual([2, 2]);
  });

  test('is closed with both', async () => {
    const tables = [fakeTable(() => Promise.resolve(new Map())), fakeTable(() => Promise.resolve(new Map()))] as const;
    await withFallback(...tables).close();
    for (const { close } of tables) expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('the choice of a table', () => {
  test('is none where there is /proc, and one on every other platform', async () => {
    expect(createProcessTable('linux', true)).toBeNull();
    for (const platform of ['darwin', 'win32', 'freebsd', 'linux'] as const) {
      const table = createProcessTable(platform, false);
      expect(table, platform).not.toBeNull();
      await table?.close();
    }
  });
});
