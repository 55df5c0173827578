import { bytesPerMegabyte } from '../../src/shared/effects/trialValue';
import type { Trial, Usage } from '../../src/shared/record';

/** What a process tree used, mean over the trials of one variant. */
export interface UsageRow {
  readonly process: string;
  readonly variant: string;
  readonly cpuCores: number;
  readonly cpuMsPerRequest: number | null;
  readonly systemShare: number | null;
  readonly rssMeanMb: number;
  readonly rssPeakMb: number;
  readonly pssMb: number | null;
  readonly threads: number | null;
  readonly fds: number | null;
  readonly contextSwitchesPerRequest: number | null;
  readonly diskWriteBytesPerRequest: number | null;
}

/** The app, each companion, and their sum, for one variant. Empty without a trial. */
export function usageRows(trials: readonly Trial[], variant: string): readonly UsageRow[] {
  const own = trials.filter((trial) => trial.variant === variant);
  if (own.length === 0) return [];
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
  const cpuSeconds = sum(used.map(({ usage }) => usage.cpuSeconds.user + usage.cpuSeconds.system));
  const mean = (value: (usage: Usage) => number): number => sum(used.map(({ usage }) => value(usage))) / used.length;
  const meanOfKnown = (value: (usage: Usage) => number | null): number | null =>
    used.some(({ usage }) => value(usage) === null) ? null : mean((usage) => value(usage) ?? 0);
  const perRequest = (value: (usage: Usage) => number | null): number | null => {
    const values = used.map(({ usage }) => value(usage));
    return requests === 0 || values.some((entry) => entry === null)
      ? null
      : sum(values.map((entry) => entry ?? 0)) / requests;
  };
  return {
    process,
    variant,
    cpuCores: cpuSeconds / sum(used.map(({ trial }) => trial.durationSeconds)),
    cpuMsPerRequest: requests === 0 ? null : (cpuSeconds * 1000) / requests,
    systemShare: cpuSeconds === 0 ? null : sum(used.map(({ usage }) => usage.cpuSeconds.system)) / cpuSeconds,
    rssMeanMb: mean((usage) => usage.rssBytes.mean) / bytesPerMegabyte,
    rssPeakMb: mean((usage) => usage.rssBytes.peak) / bytesPerMegabyte,
    pssMb: meanOfKnown((usage) => (usage.pssBytes === null ? null : usage.pssBytes / bytesPerMegabyte)),
    threads: meanOfKnown((usage) => usage.threads),
    fds: meanOfKnown((usage) => usage.fds),
    contextSwitchesPerRequest: perRequest((usage) => usage.contextSwitches),
    diskWriteBytesPerRequest: perRequest((usage) => usage.diskWriteBytes),
  };
}

/** The app and its companions together. */
function total(trial: Trial): Usage {
  const parts: readonly Usage[] = [trial, ...Object.values(trial.companions)];
  const add = (value: (usage: Usage) => number): number => sum(parts.map(value));
  const addKnown = (value: (usage: Usage) => number | null): number | null =>
    parts.some((part) => value(part) === null) ? null : add((part) => value(part) ?? 0);
  return {
    cpuSeconds: { user: add((part) => part.cpuSeconds.user), system: add((part) => part.cpuSeconds.system) },
    rssBytes: { mean: add((part) => part.rssBytes.mean), peak: add((part) => part.rssBytes.peak) },
    pssBytes: addKnown((part) => part.pssBytes),
    threads: addKnown((part) => part.threads),
    fds: addKnown((part) => part.fds),
    contextSwitches: addKnown((part) => part.contextSwitches),
    diskWriteBytes: addKnown((part) => part.diskWriteBytes),
    processRestarts: add((part) => part.processRestarts),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
