import { bytesPerMegabyte } from '../../src/shared/effects/trialValue';
import type { Trial, Usage } from '../../src/shared/record';
import { totalCpuSeconds } from '../../src/shared/totalCpuSeconds';

/** What a process tree used, mean over the trials of one variant. */
export interface UsageRow {
  readonly process: string;
  readonly variant: string;
  readonly cpuCores: number | null;
  readonly cpuMsPerRequest: number | null;
  readonly systemShare: number | null;
  readonly rssMeanMb: number | null;
  readonly rssPeakMb: number | null;
  readonly pssMb: number | null;
  readonly threads: number | null;
  readonly fds: number | null;
  readonly contextSwitchesPerRequest: number | null;
  readonly diskWriteBytesPerRequest: number | null;
}

/** The app, each companion, and their sum, for one variant. Empty without a trial. */
export function usageRows(trials: readonly Trial[], variant: string): readonly UsageRow[] {
  const own = trials.filter((trial) => trial.variant === variant);
  // Of an app out of reach there is nothing to show.
  if (own.length === 0 || own.every(({ cpuSeconds }) => cpuSeconds === null)) return [];
  const companions = [...new Set(own.flatMap((trial) => Object.keys(trial.companions)))];
  const rows = [
    usageRow('app', variant, own, (trial) => trial),
    ...companions.map((name) => usageRow(name, variant, own, (trial) => trial.companions[name] ?? null)),
  ];
  return companions.length === 0 ? rows : [...rows, usageRow('in all', variant, own, total)];
}

function usageRow(
  process: string,
  variant: string,
  trials: readonly Trial[],
  read: (trial: Trial) => Usage | null,
): UsageRow {
  const used = trials.flatMap((trial) => {
    const usage = read(trial);
    return usage === null ? [] : [{ trial, usage }];
  });
  const requests = sum(used.map(({ trial }) => trial.requests));
  const cpuSeconds = sumOfKnown(used.map(({ usage }) => totalCpuSeconds(usage)));
  const systemSeconds = sumOfKnown(used.map(({ usage }) => usage.cpuSeconds?.system ?? null));
  const meanOfKnown = (value: (usage: Usage) => number | null): number | null =>
    over(sumOfKnown(used.map(({ usage }) => value(usage))), used.length);
  const perRequest = (value: (usage: Usage) => number | null): number | null =>
    over(sumOfKnown(used.map(({ usage }) => value(usage))), requests);
  return {
    process,
    variant,
    cpuCores: over(cpuSeconds, sum(used.map(({ trial }) => trial.durationSeconds))),
    cpuMsPerRequest: over(cpuSeconds === null ? null : cpuSeconds * 1000, requests),
    systemShare: over(systemSeconds, cpuSeconds ?? 0),
    rssMeanMb: over(
      meanOfKnown(({ rssBytes }) => rssBytes?.mean ?? null),
      bytesPerMegabyte,
    ),
    rssPeakMb: over(
      meanOfKnown(({ rssBytes }) => rssBytes?.peak ?? null),
      bytesPerMegabyte,
    ),
    pssMb: over(
      meanOfKnown(({ pssBytes }) => pssBytes),
      bytesPerMegabyte,
    ),
    threads: meanOfKnown((usage) => usage.threads),
    fds: meanOfKnown((usage) => usage.fds),
    contextSwitchesPerRequest: perRequest((usage) => usage.contextSwitches),
    diskWriteBytesPerRequest: perRequest((usage) => usage.diskWriteBytes),
  };
}

/** The app and its companions together. */
function total(trial: Trial): Usage {
  const parts: readonly Usage[] = [trial, ...Object.values(trial.companions)];
  const addKnown = (value: (usage: Usage) => number | null): number | null => sumOfKnown(parts.map(value));
  const [user, system] = [
    addKnown(({ cpuSeconds }) => cpuSeconds?.user ?? null),
    addKnown(({ cpuSeconds }) => cpuSeconds?.system ?? null),
  ];
  const [mean, peak] = [
    addKnown(({ rssBytes }) => rssBytes?.mean ?? null),
    addKnown(({ rssBytes }) => rssBytes?.peak ?? null),
  ];
  return {
    cpuSeconds: user === null || system === null ? null : { user, system },
    rssBytes: mean === null || peak === null ? null : { mean, peak },
    pssBytes: addKnown((part) => part.pssBytes),
    threads: addKnown((part) => part.threads),
    fds: addKnown((part) => part.fds),
    contextSwitches: addKnown((part) => part.contextSwitches),
    diskWriteBytes: addKnown((part) => part.diskWriteBytes),
    processRestarts: addKnown((part) => part.processRestarts),
  };
}

/** Null when one of them is not known. */
function sumOfKnown(values: readonly (number | null)[]): number | null {
  return values.some((value) => value === null) ? null : sum(values.map((value) => value ?? 0));
}

function over(amount: number | null, divisor: number): number | null {
  return amount === null || divisor === 0 ? null : amount / divisor;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
