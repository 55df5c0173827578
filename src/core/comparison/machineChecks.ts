import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { formatNumber } from '../../shared/words/formatNumber';
import { readControlGroup, tightestQuota } from '../sample/controlGroup';
import { createMachineSampler } from '../sample/machineSampler';
import type { Check } from './check';

export interface MachineFacts {
  /** Where the kernel shows its devices; `/sys` but in tests. */
  readonly sysFolder: string;
  /** Of the machine, or of what a container leaves of it. */
  readonly freeBytes: number;
  /** How many cores' worth of CPU time a container may use; null: as many as there are. */
  readonly quotaCores: number | null;
  /** Share of all cores that was busy, from 0 to 1, in the moment before. */
  readonly busyShare: number;
}

const leastFreeBytes = 300 * 2 ** 20;
/** One for the app, one for the load. */
const fewestCores = 2;
const mostBusyShare = 0.5;
const lookMs = 500;

/** This machine as it is now; takes half a second. Its load average would still tell of the run before. */
export async function machineFacts(signal: AbortSignal): Promise<MachineFacts> {
  const machine = createMachineSampler();
  const before = machine.read();
  await wait(lookMs, undefined, { signal });
  const now = machine.read();
  const coreSeconds = ((now.atMs - before.atMs) / 1000) * os.cpus().length;
  const busyShare = (now.busySeconds - before.busySeconds) / Math.max(0.001, coreSeconds);
  const group = readControlGroup('/proc/self/cgroup', '/sys');
  const freeBytes = Math.min(os.freemem(), group.freeBytes ?? Infinity);
  return { sysFolder: '/sys', freeBytes, quotaCores: group.cores, busyShare };
}

/**
 * What of a machine makes figures wander: battery, a governor that saves power, a container's quota, little memory, other work. Linux alone
 * knows the first three.
 */
export async function machineChecks({
  sysFolder,
  freeBytes,
  quotaCores,
  busyShare,
}: MachineFacts): Promise<readonly Check[]> {
  const [isOnBattery, governor] = await Promise.all([readIsOnBattery(sysFolder), readGovernor(sysFolder)]);
  const checks: Check[] = [];
  if (isOnBattery) {
    checks.push({
      name: 'power',
      code: 'on_battery',
      state: 'warning',
      message: 'The machine runs on battery: it changes its speed to save power, so more blocks are needed',
      advice: 'Plug it in.',
    });
  }
  if (governor !== null && governor !== 'performance') {
    checks.push({
      name: 'governor',
      code: 'slow_governor',
      state: governor === 'powersave' ? 'warning' : 'ok',
      message: `The CPU's governor is ${governor}: it may change the clock's speed from trial to trial`,
      advice: 'For steadier figures: sudo cpupower frequency-set -g performance',
    });
  }
  if (quotaCores !== null && quotaCores < fewestCores) {
    checks.push({
      name: 'quota',
      code: 'cpu_quota',
      state: 'warning',
      message: `This container may use the CPU time of ${formatNumber(quotaCores)} ${quotaCores === 1 ? 'core' : 'cores'}: when app and load use that up together, all of it is held for a while, and latency shows that`,
      advice: `Give it ${fewestCores} cores or more (docker: --cpus ${fewestCores}), or ask for less load.`,
    });
  }
  if (freeBytes < leastFreeBytes) {
    checks.push({
      name: 'memory',
      code: 'little_memory',
      state: 'warning',
      message: `Only ${Math.round(freeBytes / 2 ** 20)} MB of memory are free: when they run out, figures mean nothing`,
      advice: 'Close what you do not need.',
    });
  }
  if (busyShare > mostBusyShare) {
    checks.push({
      name: 'load',
      code: 'machine_busy',
      state: 'warning',
      message: `Other programs keep ${Math.round(100 * busyShare)} % of the machine busy: blocks that they disturb are measured again, which takes longer`,
      advice: 'Let nothing else run meanwhile.',
    });
  }
  if (checks.every(({ state }) => state === 'ok'))
    checks.push({
      name: 'machine',
      code: 'machine_ok',
      state: 'ok',
      message: 'The machine is calm and has memory to spare',
    });
  return checks;
}

/** Whether a loop that keeps a core awake does no harm: it would empty a battery, and use up the CPU time that a container may have. */
export async function mayKeepAwake(procFile = '/proc/self/cgroup', sysFolder = '/sys'): Promise<boolean> {
  return tightestQuota(procFile, sysFolder) === null && !(await readIsOnBattery(sysFolder));
}

async function readIsOnBattery(sysFolder: string): Promise<boolean> {
  const folder = path.join(sysFolder, 'class', 'power_supply');
  const names = await readdir(folder).catch(() => []);
  const supplies = await Promise.all(
    names.map(async (name) => ({
      type: await textOf(path.join(folder, name, 'type')),
      isOnline: (await textOf(path.join(folder, name, 'online'))) === '1',
      status: await textOf(path.join(folder, name, 'status')),
    })),
  );
  const hasMains = supplies.some(({ type, isOnline }) => type !== 'Battery' && isOnline);
  return !hasMains && supplies.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}

async function readGovernor(sysFolder: string): Promise<string | null> {
  const text = await textOf(path.join(sysFolder, 'devices', 'system', 'cpu', 'cpu0', 'cpufreq', 'scaling_governor'));
  return text === '' ? null : text;
}

async function textOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
