import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineChecks, mayKeepAwake, type MachineFacts } from './machineChecks';

let sysFolder: string;
beforeEach(async () => {
  sysFolder = await mkdtemp(path.join(os.tmpdir(), 'ic-sys-'));
});
afterEach(async () => rm(sysFolder, { recursive: true, force: true }));

async function makeFiles(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(sysFolder, name)), { recursive: true });
    await writeFile(path.join(sysFolder, name), text);
  }
}

const governorFile = 'devices/system/cpu/cpu0/cpufreq/scaling_governor';

test.each<[string, Record<string, string>, Partial<MachineFacts>, string[]]>([
  ['a calm one', {}, {}, ['ok: The machine is calm and has memory to spare']],
  [
    'one on battery',
    {
      'class/power_supply/BAT0/type': 'Battery\n',
      'class/power_supply/BAT0/status': 'Discharging\n',
      'class/power_supply/AC/type': 'Mains\n',
      'class/power_supply/AC/online': '0\n',
    },
    {},
    ['warning: The machine runs on battery'],
  ],
  [
    'one that is plugged in',
    {
      'class/power_supply/BAT0/type': 'Battery\n',
      'class/power_supply/BAT0/status': 'Charging\n',
      'class/power_supply/AC/type': 'Mains\n',
      'class/power_supply/AC/online': '1\n',
    },
    {},
    ['ok: The machine is calm'],
  ],
  ['one that saves power', { [governorFile]: 'powersave\n' }, {}, ["warning: The CPU's governor is powersave"]],
  ['one at full speed', { [governorFile]: 'performance\n' }, {}, ['ok: The machine is calm']],
  ['one with little memory', {}, { freeBytes: 50 * 2 ** 20 }, ['warning: Only 50 MB of memory are free']],
  [
    'a container with a core and a half',
    {},
    { quotaCores: 1.5 },
    ['warning: This container may use the CPU time of 1.5 cores'],
  ],
  ['a container with two', {}, { quotaCores: 2 }, ['ok: The machine is calm']],
  ['a busy one', {}, { busyShare: 0.8 }, ['warning: Other programs keep 80 % of the machine busy']],
])('%s', async (_, files, facts, expected) => {
  await makeFiles(files);
  const checks = await machineChecks({ sysFolder, freeBytes: 2 ** 33, quotaCores: null, busyShare: 0.1, ...facts });
  expect(checks.map(({ state, message }) => `${state}: ${message}`)).toEqual(
    expected.map((text) => expect.stringContaining(text) as unknown),
  );
  for (const { state, advice } of checks) expect(advice !== undefined).toBe(state === 'warning');
});

test('a core may be kept awake, but not on battery, and not where CPU time is rationed', async () => {
  const groupFile = path.join(sysFolder, 'cgroup');
  await makeFiles({ cgroup: '0::/box\n', 'fs/cgroup/box/cpu.max': 'max 100000\n' });
  expect(await mayKeepAwake(groupFile, sysFolder)).toBe(true);
  await makeFiles({ 'fs/cgroup/box/cpu.max': '400000 100000\n' });
  expect(await mayKeepAwake(groupFile, sysFolder)).toBe(false);
  await makeFiles({ 'fs/cgroup/box/cpu.max': 'max 100000\n', 'class/power_supply/BAT0/type': 'Battery\n' });
  expect(await mayKeepAwake(groupFile, sysFolder)).toBe(true);
  await makeFiles({ 'class/power_supply/BAT0/status': 'Discharging\n' });
  expect(await mayKeepAwake(groupFile, sysFolder)).toBe(false);
});
