import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What the control groups of this process (a container, a service's slice) leave to it; null where they set no limit, and off Linux. */
export interface ControlGroup {
  /** Cores' worth of CPU time. */
  readonly cores: number | null;
  /** Bytes that may be taken before something is killed: what can be dropped at any time, file pages not used of late, counts as free. */
  readonly freeBytes: number | null;
}

/** A limit of CPU time: in each period (100 ms mostly) so much of it, and then nothing runs until the next one. */
export interface CpuQuota {
  /** What it comes to. */
  readonly cores: number;
  /** Counters since the group was made; null when it is gone. */
  read(): QuotaCounters | null;
}

export interface QuotaCounters {
  /** In which anything wanted to run. */
  readonly periods: number;
  /** Of them, those in which it was used up and something had to wait. */
  readonly throttledPeriods: number;
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
export function readControlGroup(procFile: string, sysFolder: string): ControlGroup {
  const freeBytes = foldersOf('memory', procFile, sysFolder).flatMap(({ folder, isUnified }) =>
    freeIn(folder, isUnified ? unifiedMemory : legacyMemory),
  );
  return { cores: tightestQuota(procFile, sysFolder)?.cores ?? null, freeBytes: smallest(freeBytes) };
}

/** The tightest quota of CPU time that holds for this process; null: none, or off Linux. */
export function tightestQuota(procFile: string, sysFolder: string): CpuQuota | null {
  const quotas = foldersOf('cpu', procFile, sysFolder).flatMap(({ folder, isUnified }) =>
    (isUnified ? unifiedCores : legacyCores)(folder).map((cores) => ({ cores, folder })),
  );
  const cores = smallest(quotas.map((quota) => quota.cores));
  const tightest = quotas.find((quota) => quota.cores === cores);
  return tightest ? { cores: tightest.cores, read: () => readThrottling(tightest.folder) } : null;
}

/** The folders in which a controller's limits stand, of our group and of those above it. */
function foldersOf(
  controller: string,
  procFile: string,
  sysFolder: string,
): readonly { readonly folder: string; readonly isUnified: boolean }[] {
  const root = path.join(sysFolder, 'fs', 'cgroup');
  return textOf(procFile)
    .split('\n')
    .flatMap(parseMembership)
    .flatMap(({ controllers, group }) => {
      const isUnified = controllers.length === 0;
      if (!isUnified && !controllers.includes(controller)) return [];
      return upwards(group).map((place) => ({
        folder: path.join(root, isUnified ? '' : controller, place),
        isUnified,
      }));
    });
}

/** `cpu.stat` has the same two names in both versions. */
function readThrottling(folder: string): QuotaCounters | null {
  const text = textOf(path.join(folder, 'cpu.stat'));
  const counter = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const counters = { periods: counter('nr_periods'), throttledPeriods: counter('nr_throttled') };
  return Number.isNaN(counters.periods + counters.throttledPeriods) ? null : counters;
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
function unifiedCores(folder: string): number[] {
  const [quota, period] = textOf(path.join(folder, 'cpu.max')).split(' ').map(Number);
  return coresOf(quota, period);
}

function legacyCores(folder: string): number[] {
  const texts = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => textOf(path.join(folder, name)));
  const [quota, period] = texts.map((text) => (text === '' ? NaN : Number(text)));
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

function freeIn(folder: string, { limit, used, droppable }: MemoryFiles): number[] {
  const [most = '', now = '', stat = ''] = [limit, used, 'memory.stat'].map((name) => textOf(path.join(folder, name)));
  const limitBytes = most === '' ? NaN : Number(most);
  if (!(limitBytes < noLimitBytes)) return [];
  const dropped = Number(new RegExp(`^${droppable} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
  return [Math.max(0, limitBytes - Math.max(0, Number(now) - dropped))];
}

function smallest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
