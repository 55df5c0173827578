import { pairBlocks, type TrialPair } from '../../src/shared/effects/pairBlocks';
import { trialValue } from '../../src/shared/effects/trialValue';
import { metricNamed } from '../../src/shared/metrics';
import type { CapacityTrial, ComparisonRecord, Trial } from '../../src/shared/record';

type AnyTrial = Trial | CapacityTrial;

/** One block of an A/A: logs of candidate over baseline, so that the truth is 0. */
export interface BlockLogs {
  readonly effect: number;
  /** Slowness by the probe's median and mean, and by the generator's CPU per request. */
  readonly probeMedian: number;
  readonly probeMean: number;
  readonly generator: number;
}

/** A metric of a record, block by block, in the order in which they ran. */
export function blockSeries(record: ComparisonRecord, metricName: string): BlockLogs[] {
  const metric = metricNamed(metricName);
  const [baseline = '', candidate = ''] = record.variants.map(({ name }) => name);
  const pairs = pairBlocks(record.trials, record.capacity, baseline, candidate);
  const chosen: readonly TrialPair<AnyTrial>[] = metric.source === 'capacity' ? pairs.capacity : pairs.scenario;
  const log = (pair: TrialPair<AnyTrial>, valueOf: (trial: AnyTrial) => number | null | undefined): number =>
    Math.log(valueOf(pair.candidate) ?? Number.NaN) - Math.log(valueOf(pair.baseline) ?? Number.NaN);
  return chosen.map((pair) => ({
    effect: log(pair, (trial) => trialValue(metric, trial)),
    probeMedian: log(pair, ({ machine }) => machine.speedProbeMs),
    probeMean: log(pair, ({ machine }) => machine.speedProbeMeanMs),
    generator: log(pair, ({ generator, requests }) => generator.cpuSeconds / requests),
  }));
}
