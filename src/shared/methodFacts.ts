import { codeFacts } from './codeFacts';
import { formatDuration } from './duration';
import { findDisturbances } from './effects/blockAttempts';
import type { CapacityTrial, ComparisonRecord, Trial } from './record';
import { isHealthy } from './outage';
import { mean } from './statistics/mean';
import { totalCpuSeconds } from './totalCpuSeconds';
import { machineSpeedWords } from './words/adjustmentWords';
import { formatCount, formatNumber, formatPercent } from './words/formatNumber';

/** One line of how a comparison was measured. */
export interface MethodFact {
  readonly name: string;
  readonly text: string;
}

/** `Locust 2.43.4, 2 workers (ShopUser); …`. */
function locustText({
  version,
  workers,
  remoteWorkers,
  userClasses,
  isOwnFile,
}: NonNullable<ComparisonRecord['plan']['locust']>): string {
  const elsewhere = remoteWorkers === undefined ? '' : ` (${remoteWorkers} on other machines)`;
  const file = isOwnFile ? 'a file of the user' : 'a file made of the behaviour';
  return `Locust ${version}, ${workers} ${workers === 1 ? 'worker' : 'workers'}${elsewhere}, ${file} (${userClasses.join(', ')}); latencies by its clock from when a request was sent, to three digits; what is asked for is drawn in each trial anew. Capacity is measured by our own generator`;
}

function controlText({ url, start, stop }: NonNullable<ComparisonRecord['plan']['control']>): string {
  return `at ${url}, started by “${start.join(' ')}” and stopped by “${stop.join(' ')}”; its processes out of reach: CPU, memory, threads and descriptors are not known, and start and stop are as long as these commands took`;
}

/** The design in words: blocks, load, order, warm-up, capacity, state. */
export function designFacts(record: ComparisonRecord): readonly MethodFact[] {
  const { plan } = record;
  return [
    ...codeFacts(record),
    {
      name: 'Blocks',
      text: `${blocksText(record)}; in each, every variant once for ${formatDuration(plan.trialSeconds)} in a fresh process`,
    },
    ...(plan.control === undefined ? [] : [{ name: 'App', text: controlText(plan.control) }]),
    { name: 'Load', text: loadText(record) },
    ...(plan.locust === undefined ? [] : [{ name: 'Generator', text: locustText(plan.locust) }]),
    { name: 'Warm-up', text: `${formatDuration(plan.warmupSeconds)} after the last user has started, not measured` },
    { name: 'Capacity', text: capacityText(plan.capacity) },
    {
      name: 'Order',
      // Locust draws anew: its own line says so.
      text: `random inside each block and balanced, seed ${plan.seed}${plan.locust === undefined ? '; same requests for every variant of a block' : ''}`,
    },
    {
      name: 'State',
      text:
        plan.resets.length === 0
          ? 'kept between trials: no way to reset it was given'
          : `fresh for every trial: ${plan.resets.map((kind) => resetTexts[kind] ?? kind).join(', ')}`,
    },
    ...(plan.companions.length === 0 ? [] : [{ name: 'Companions', text: plan.companions.join(', ') }]),
    ...(plan.pinned
      ? [
          {
            name: 'Cores',
            text: `one for the app alone, the others for everything else of the run${record.capacity.some(isCoreAwake) ? "; the generator's kept awake during capacity, by a loop at idle priority" : ''}`,
          },
        ]
      : []),
    { name: 'Collector', text: endpointText(plan.endpoint) },
    ...(plan.forced ? [{ name: 'Forced', text: 'run with --force in spite of a failed check' }] : []),
  ];
}

/** Whether the closed loop's generator had a core that did not sleep. */
export function isCoreAwake({ machine }: Pick<CapacityTrial, 'machine'>): boolean {
  return machine.awakeCpuSeconds !== undefined;
}

const resetTexts: Readonly<Record<string, string>> = {
  sqlite: 'a copy of the SQLite database',
  folder: 'empty folders',
  mysql: 'a MySQL or MariaDB database of its own',
  postgres: 'a PostgreSQL database of its own',
  redis: 'a Redis database of its own',
  projectCopy: "a copy of the project's folder",
  command: 'a command of the user',
};

/** Where it ran: machine and versions. What is not known is left out. */
export function machineFacts({ machine, software, plan }: ComparisonRecord): readonly MethodFact[] {
  const commit =
    software.gitCommit === null
      ? null
      : `${software.gitCommit.slice(0, 10)}${software.dirty ? ' with uncommitted changes' : ''}`;
  const known = (name: string, text: string | null): MethodFact[] => (text === null ? [] : [{ name, text }]);
  return [
    {
      name: plan.control === undefined ? 'Machine' : 'Machine of the generator',
      text: `${machine.cpu}, ${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}, ${formatNumber(machine.memoryBytes / 1e9)} GB`,
    },
    { name: 'System', text: machine.os },
    ...known('Python', software.python),
    ...known('Framework', software.framework),
    ...known('Server', software.server),
    ...known('honeybadger', software.honeybadger),
    ...known('Commit', commit),
  ];
}

/** What the instrument itself cost, and what disturbed it. */
export function instrumentFacts({
  trials,
  capacity,
}: Pick<ComparisonRecord, 'trials' | 'capacity'>): readonly MethodFact[] {
  if (trials.length === 0) return [];
  const generatorShare = mean(
    trials.map((trial) => trial.generator.cpuSeconds / Math.max(trial.durationSeconds, 1e-9)),
  );
  const worstDelay = Math.max(...trials.map((trial) => trial.generator.loopDelayP99Ms));
  const steal = mean(trials.map((trial) => trial.machine.stealCores));
  const foreign = mean(trials.map((trial) => trial.machine.foreignCpuCores));
  const intended = mean(trials.map((trial) => trial.generator.intendedRate));
  const achieved = mean(trials.map((trial) => trial.generator.achievedRate));
  const speed = machineSpeedWords({ trials, capacity });
  const all = [...trials, ...capacity];
  const disturbed = all.filter((trial) => trial.disturbed === true).length;
  const clocks = [...new Set(trials.map((trial) => trial.cpuClock))].map((clock) => clockTexts[clock]);
  return [
    {
      name: 'Generator',
      text: `${formatPercent(generatorShare)} of a core; loop delay p99 at most ${formatNumber(worstDelay)} ms`,
    },
    { name: 'Rate', text: `${formatNumber(achieved)} req/s of ${formatNumber(intended)} intended` },
    { name: 'Connections', text: connectionsText(trials) },
    ...(capacity.length === 0 ? [] : [{ name: 'Limit of capacity', text: limitText(capacity) }]),
    {
      name: 'Other load',
      text: `${formatNumber(foreign)} cores by other processes, ${formatNumber(steal)} stolen by the host`,
    },
    {
      name: 'Disturbed',
      text: disturbed === 0 ? 'no trial' : `${disturbed} of ${all.length} trials`,
    },
    ...(speed === null ? [] : [{ name: 'Machine speed', text: speed }]),
    { name: 'CPU clock', text: [...clocks, ...instructionWords(all)].join('; ') },
  ];
}

/** Nothing where the CPU's own counters were not to be had. */
function instructionWords(trials: readonly Pick<Trial, 'instructions'>[]): readonly string[] {
  const counted = trials.filter(({ instructions }) => instructions !== undefined).length;
  if (counted === 0) return [];
  return [
    `instructions by the CPU's own counters${counted === trials.length ? '' : ` in ${counted} of ${trials.length} trials`}`,
  ];
}

/** Whether every event arrived, in a sentence without its full stop. */
export function verificationText({ trials, capacity, variants }: ComparisonRecord): string {
  const all = [...trials, ...capacity];
  const well = new Set(variants.filter(isHealthy).map(({ name }) => name));
  const failed = all.filter((trial) => trial.verification.ok === false);
  if (all.length === 0) return 'no trial to verify';
  if (failed.length > 0) {
    return `failed in ${failed.length} of ${all.length} trials: ${failed[0]?.verification.reason ?? 'events are missing'}`;
  }
  const healthy = all.filter(({ variant }) => well.has(variant));
  const outages = all.filter(({ variant }) => !well.has(variant));
  const seen = healthy.filter((trial) => trial.verification.ok === true);
  if (seen.length === 0) return 'not possible here: arrival of events cannot be seen';
  const expected = seen.reduce((sum, trial) => sum + (trial.verification.expected ?? 0), 0);
  const received = seen.reduce((sum, trial) => sum + trial.verification.received, 0);
  const silent = new Set(seen.filter(isSilentByDesign).map(({ variant }) => variant));
  const silence =
    silent.size === 0
      ? ''
      : `; ${[...silent].join(', ')} lets none through by its sample rate, so that Insights is on in it shows in its rehearsal alone`;
  return `${formatCount(received)} of ${formatCount(expected)} expected request events arrived; ${seen.length} of ${healthy.length} trials verified${silence}${outagesText(outages)}`;
}

/** Events of an outage are not expected to arrive, so they are not among those that were. */
function outagesText(trials: readonly Pick<Trial, 'verification'>[]): string {
  if (trials.length === 0) return '';
  const served = trials.filter(({ verification }) => verification.ok === true);
  return `; the outage was met in ${served.length} of ${trials.length} trials of outage variants`;
}

/** Nothing was to arrive and nothing did, though Insights is on: an explained success. */
function isSilentByDesign({ verification }: Pick<ComparisonRecord['trials'][number], 'verification'>): boolean {
  return verification.ok === true && verification.expected === 0 && verification.reason !== undefined;
}

/** `10 users (2 started per second), behaviour WebAppUser`. */
export function loadText({ plan }: Pick<ComparisonRecord, 'plan'>): string {
  const { load, behaviour } = plan.scenario;
  const who =
    load.type === 'users'
      ? `${formatCount(load.users)} users, ${formatNumber(load.spawnRatePerSecond)} started per second`
      : `${formatNumber(load.ratePerSecond)} requests per second, ${load.arrivals === 'even' ? 'evenly spaced' : 'Poisson arrivals'}`;
  return `${who}, behaviour ${behaviour}`;
}

function connectionsText(trials: readonly Trial[]): string {
  const sum = (count: (trial: Trial) => number): string =>
    formatCount(trials.reduce((total, trial) => total + count(trial), 0));
  return `${sum((trial) => trial.generator.reconnects)} made anew, ${sum((trial) => trial.generator.retries)} requests sent again because the server had just closed an idle one`;
}

const limitWords = { target: 'the app', generator: 'the load generator', unclear: 'unclear' } as const;

/** `the app in 9 of 12 trials, unclear in 3; the app used 0.97 cores, the generator 0.24`. */
function limitText(capacity: readonly CapacityTrial[]): string {
  const counts = (['target', 'generator', 'unclear'] as const)
    .map((limit) => ({ limit, count: capacity.filter(({ bottleneck }) => bottleneck === limit).length }))
    .filter(({ count }) => count > 0);
  const limits = counts.map(
    ({ limit, count }, index) =>
      `${limitWords[limit]} in ${count}${index === 0 ? ` of ${capacity.length} trials` : ''}`,
  );
  const cores = (cpuSeconds: (trial: CapacityTrial) => number): string =>
    formatNumber(mean(capacity.map((trial) => cpuSeconds(trial) / Math.max(trial.durationSeconds, 1e-9))));
  const isSeen = capacity.every(({ cpuSeconds }) => cpuSeconds !== null);
  const generator = cores((trial) => trial.generator.cpuSeconds);
  const used = isSeen
    ? `the app used ${cores((trial) => totalCpuSeconds(trial) ?? 0)} cores, the generator ${generator}`
    : `the generator used ${generator} cores`;
  return `${limits.join(', ')}; ${used}`;
}

const clockTexts = {
  posix: "the processes' own CPU clocks (ns)",
  ticks: 'kernel ticks (10 ms)',
  portable: "the system's process list",
} as const;

/** `6 planned, 6 measured, 1 repeated after a disturbance`; with --until how the number came about. */
function blocksText(record: ComparisonRecord): string {
  const { blocks, until } = record.plan;
  const planned =
    until === undefined
      ? `${blocks} planned`
      : `${until.firstBlocks} at first, by whose spread ${blocks} in all for ±${formatPercent(until.halfWidth)} of CPU per request (Stein 1945)`;
  const repeated = findDisturbances(record).repeated.size;
  const again = repeated === 0 ? '' : `, ${repeated} repeated after a disturbance (both attempts are kept)`;
  return `${planned}, ${measuredBlocks(record)} measured${again}`;
}

function measuredBlocks({ trials }: ComparisonRecord): number {
  return new Set(trials.map((trial) => trial.block)).size;
}

function capacityText(capacity: ComparisonRecord['plan']['capacity']): string {
  if (capacity === null) return 'not measured';
  return `closed loop of ${capacity.connections} connections for ${formatDuration(capacity.durationSeconds)} after ${formatDuration(capacity.warmupSeconds)}, in a process of its own: ${capacity.endpoints.join(', ')}`;
}

function endpointText(endpoint: string): string {
  if (endpoint === 'local') return 'local, HTTPS as the real service has it';
  if (endpoint === 'local-http') return 'local, plain HTTP: the cost of TLS is not in it, an underestimate';
  return endpoint === 'real' ? 'the real service' : endpoint;
}
