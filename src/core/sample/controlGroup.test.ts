import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readControlGroup, tightestQuota, type ControlGroup, type QuotaCounters } from './controlGroup';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'ic-cgroup-'));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

const MB = 2 ** 20;

test.each<[string, string, Readonly<Record<string, string>>, ControlGroup]>([
  ['no group at all', '', {}, { cores: null, freeBytes: null }],
  [
    'version 2 without a limit',
    '0::/user.slice/session-1.scope\n',
    { 'user.slice/cpu.max': 'max 100000', 'user.slice/memory.max': 'max', 'user.slice/memory.current': '123' },
    { cores: null, freeBytes: null },
  ],
  [
    'version 2, in a container that sees itself as the root',
    '0::/\n',
    {
      'cpu.max': '150000 100000',
      'memory.max': String(500 * MB),
      'memory.current': String(400 * MB),
      'memory.stat': `anon 1\ninactive_file ${100 * MB}\nactive_file 3\n`,
    },
    { cores: 1.5, freeBytes: 200 * MB },
  ],
  [
    'the tightest limit on the way up',
    '0::/a.slice/b.service\n',
    {
      'a.slice/cpu.max': '100000 100000',
      'a.slice/b.service/cpu.max': '400000 100000',
      'a.slice/memory.max': String(300 * MB),
      'a.slice/memory.current': String(250 * MB),
      'a.slice/b.service/memory.max': String(200 * MB),
      'a.slice/b.service/memory.current': '0',
    },
    { cores: 1, freeBytes: 50 * MB },
  ],
  [
    'version 1, by a path of the host',
    '4:memory:/docker/af3\n3:cpu,cpuacct:/docker/af3\n2:cpuset:/docker/af3\n0::/\n',
    {
      'cpu/cpu.cfs_quota_us': '200000',
      'cpu/cpu.cfs_period_us': '100000',
      'memory/memory.limit_in_bytes': String(800 * MB),
      'memory/memory.usage_in_bytes': String(700 * MB),
      'memory/memory.stat': `inactive_file 1\ntotal_inactive_file ${50 * MB}\n`,
    },
    { cores: 2, freeBytes: 150 * MB },
  ],
  [
    'version 1 without a limit',
    '4:memory:/\n3:cpu:/\n',
    {
      'cpu/cpu.cfs_quota_us': '-1',
      'cpu/cpu.cfs_period_us': '100000',
      'memory/memory.limit_in_bytes': '9223372036854771712',
      'memory/memory.usage_in_bytes': '5',
    },
    { cores: null, freeBytes: null },
  ],
])('%s', async (_, membership, files, expected) => {
  await write(membership, files);
  expect(readControlGroup(path.join(root, 'membership'), root)).toEqual(expected);
});

test.each<[string, string, Readonly<Record<string, string>>, QuotaCounters | null]>([
  [
    'of the tightest group, version 2',
    '0::/a.slice/b.service\n',
    {
      'a.slice/cpu.max': '100000 100000',
      'a.slice/cpu.stat': 'usage_usec 5\nnr_periods 40\nnr_throttled 9\nthrottled_usec 7\n',
      'a.slice/b.service/cpu.max': '400000 100000',
      'a.slice/b.service/cpu.stat': 'nr_periods 30\nnr_throttled 0\n',
    },
    { periods: 40, throttledPeriods: 9 },
  ],
  [
    'version 1',
    '3:cpu,cpuacct:/job\n',
    {
      'cpu/job/cpu.cfs_quota_us': '150000',
      'cpu/job/cpu.cfs_period_us': '100000',
      'cpu/job/cpu.stat': 'nr_periods 12\nnr_throttled 3\nthrottled_time 99\n',
    },
    { periods: 12, throttledPeriods: 3 },
  ],
  ['no counters', '0::/\n', { 'cpu.max': '100000 100000' }, null],
  ['no quota', '0::/\n', { 'cpu.max': 'max 100000', 'cpu.stat': 'nr_periods 0\nnr_throttled 0\n' }, null],
])('throttled periods: %s', async (_, membership, files, expected) => {
  await write(membership, files);
  expect(tightestQuota(path.join(root, 'membership'), root)?.read() ?? null).toEqual(expected);
});

async function write(membership: string, files: Readonly<Record<string, string>>): Promise<void> {
  await writeFile(path.join(root, 'membership'), membership);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, 'fs', 'cgroup', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${text}\n`);
  }
}
