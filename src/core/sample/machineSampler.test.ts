import { describe, expect, test } from 'vitest';
import { createMachineSampler, parseMachineCpu, parseMemoryUsedBytes, parseNetworkBytes } from './machineSampler';

describe('the machine sampler', () => {
  test('takes busy time without idle, disk wait and steal', () => {
    const text = 'cpu  100 10 50 9000 400 5 15 70 30 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n';
    expect(parseMachineCpu(text, 100)).toEqual({ busySeconds: 1.8, stealSeconds: 0.7 });
  });

  test('takes memory in use as total less available', () => {
    expect(parseMemoryUsedBytes('MemTotal:  1000 kB\nMemFree:  10 kB\nMemAvailable:  600 kB\n')).toBe(400 * 1024);
  });

  test('adds up the bytes of all interfaces but lo', () => {
    const head =
      'Inter-|   Receive  |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes\n';
    const lo = '    lo: 777 1 0 0 0 0 0 0 777 1 0 0 0 0 0 0\n';
    const eth = '  eth0:100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\n';
    expect(parseNetworkBytes(head + lo + eth)).toBe(120);
  });

  test('sees this process burn', () => {
    const sampler = createMachineSampler();
    const start = sampler.read();
    const cpu = process.cpuUsage();
    while (process.cpuUsage(cpu).user < 80_000);
    const end = sampler.read();
    expect(end.busySeconds - start.busySeconds).toBeGreaterThan(0.05);
    expect(end.memoryUsedBytes).toBeGreaterThan(10 * 1024 * 1024);
    expect(end.atMs).toBeGreaterThan(start.atMs);
  });
});
