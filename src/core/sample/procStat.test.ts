import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readKernelUnits } from './kernelUnits';
import { parseProcStat, readProcStat } from './procStat';

describe('/proc/PID/stat', () => {
  test('is read from behind the last parenthesis of the name', () => {
    const text = '42 (a) R (b c)) S 7 42 41 0 -1 4194560 1 2 3 4 11 12 13 14 20 0 5 0 998877 123456 321 0 0\n';
    expect(parseProcStat(text)).toEqual({
      pid: 42,
      state: 'S',
      parentPid: 7,
      groupId: 42,
      sessionId: 41,
      userTicks: 11,
      systemTicks: 12,
      childUserTicks: 13,
      childSystemTicks: 14,
      threads: 5,
      startTicks: 998877,
      rssPages: 321,
    });
  });

  test('tells of this process what Node tells', () => {
    expect(readProcStat(process.pid)).toMatchObject({ pid: process.pid, parentPid: process.ppid });
  });

  test('is null for a process that is not there', () => {
    expect(readProcStat(2 ** 22 + 1)).toBeNull();
  });
});

test('the kernel’s units are those that getconf reports', () => {
  const conf = (name: string): number => Number(execFileSync('getconf', [name], { encoding: 'utf8' }));
  expect(readKernelUnits()).toEqual({ pageBytes: conf('PAGESIZE'), ticksPerSecond: conf('CLK_TCK') });
});
