import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What the control groups of this process (a container, a service's slice) leave to it; null where they set no limit, and off Linux. */
export interface ControlGroup {
  /** Cores' worth of CPU time. */
  readonly cores: number | null;
  /** Bytes that may be taken before something is killed: what can be dropped at any time, file pages not used of late, counts as free. */
  readonly freeBytes: number | null;
}

/** One hierarchy that may limit, and the path of our group in it. Version 2 has one for all controllers. */
interface Membership {
  readonly controllers: readonly string[];
  readonly group: string;
}

/** Of memory limits in version 1 that is none. */
const noLimitBytes = 2 ** 60;

/**
 * Reads the limits of both versions of control groups (kernel documentation: cgroup-v2, cgroup-v1/memory, scheduler/sched-bwc). A limit further up
 * holds too: the tightest counts. In a container the path may be one of the host, of which only the root is seen here.
 */
export async function readControlGroup(procFile: string, sysFolder: string): Promise<ControlGroup> {
  const memberships = (await textOf(procFile)).split('\n').flatMap(parseMembership);
  const root = path.join(sysFolder, 'fs', 'cgroup');
  const cores: number[] = [];
  const freeBytes: number[] = [];
  for (const { controllers, group } of memberships) {
    const isUnified = controllers.length === 0;
    for (const place of upwards(group)) {
      const folder = (controller: string): string => path.join(root, isUnified ? '' : controller, place);
      if (isUnified || controllers.includes('cpu')) {
        cores.push(...(await (isUnified ? unifiedCores : legacyCores)(folder('cpu'))));
      }
      if (isUnified || controllers.includes('memory')) {
        freeBytes.push(...(await freeIn(folder('memory'), isUnified ? unifiedMemory : legacyMemory)));
      }
    }
  }
  return { cores: smallest(cores), freeBytes: smallest(freeBytes) };
}

/** `0::/user.slice` or `4:cpu,cpuacct:/docker/…`. */
function parseMembership(line: string): Membership[] {
  const [, controllers, group] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
  if (controllers === undefined || group === undefined) return [];
  return [{ controllers: controllers.split(',').filter(Boolean), group }];
}

/** The group's own path and those above it, up to the root. */
function upwards(group: string): string[] {
  const parts = group.split('/').filter(Boolean);
  return [...parts.keys(), parts.length].map((count) => parts.slice(0, count).join('/'));
}

/** `150000 100000`: µs of CPU time in a period of so many µs; `max 100000`: no limit. */
async function unifiedCores(folder: string): Promise<number[]> {
  const [quota, period] = (await textOf(path.join(folder, 'cpu.max'))).split(' ').map(Number);
  return coresOf(quota, period);
}

async function legacyCores(folder: string): Promise<number[]> {
  const texts = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map(async (name) => textOf(path.join(folder, name)));
  const [quota, period] = (await Promise.all(texts)).map((text) => (text === '' ? NaN : Number(text)));
  return coresOf(quota, period);
}

function coresOf(quota = NaN, period = NaN): number[] {
  return quota > 0 && period > 0 ? [quota / period] : [];
}

interface MemoryFiles {
  readonly limit: string;
  readonly used: string;
  /** In `memory.stat`. */
  readonly droppable: string;
}

const unifiedMemory: MemoryFiles = { limit: 'memory.max', used: 'memory.current', droppable: 'inactive_file' };
const legacyMemory: MemoryFiles = {
  limit: 'memory.limit_in_bytes',
  used: 'memory.usage_in_bytes',
  droppable: 'total_inactive_file',
};

async function freeIn(folder: string, { limit, used, droppable }: MemoryFiles): Promise<number[]> {
  const texts = [limit, used, 'memory.stat'].map(async (name) => textOf(path.join(folder, name)));
  const [most = '', now = '', stat = ''] = await Promise.all(texts);
  const limitBytes = most === '' ? NaN : Number(most);
  if (!(limitBytes < noLimitBytes)) return [];
  const dropped = Number(new RegExp(`^${droppable} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
  return [Math.max(0, limitBytes - Math.max(0, Number(now) - dropped))];
}

function smallest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

async function textOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
