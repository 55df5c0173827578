import type { ComparisonRecord } from '../record';
import { impliedSd } from '../statistics/noiseSd';
import type { NoiseConditions, NoiseRun } from './noiseSchemas';

/** The conditions under which a comparison was or will be measured. */
export function noiseConditions(
  record: Pick<ComparisonRecord, 'machine' | 'software' | 'plan'>,
  machineId: string,
): NoiseConditions {
  const { machine, software, plan } = record;
  return {
    machine: { id: machineId, host: machine.host, cpu: machine.cpu, cores: machine.cores },
    software: {
      python: software.python,
      framework: software.framework,
      server: software.server,
      honeybadger: software.honeybadger,
    },
    scenario: plan.scenario.name,
    behaviour: plan.scenario.behaviour,
    load: plan.scenario.load,
    endpoint: plan.endpoint,
    ...(plan.pinned ? { pinned: true } : {}),
    trialSeconds: plan.trialSeconds,
    capacitySeconds: plan.capacity?.durationSeconds ?? null,
  };
}

/**
 * What an A/A run's record says of the noise of its headline metrics; null when it says nothing that may be kept: not an A/A run, not
 * complete, forced, or too few blocks. Each sd is the one that the printed interval implies, so that whatever way of estimating is in
 * force (adjusted for the machine's speed, floored at what can be read) is in it. Metrics without a ratio have none.
 */
export function noiseRunOf(record: ComparisonRecord, machineId: string): NoiseRun | null {
  const { plan } = record;
  if (plan.purpose !== 'aa' || record.status !== 'complete' || plan.forced) return null;
  const metrics = record.effects.flatMap(({ metric, family, scope, ratio, blocks, verdict, adjustment }) => {
    if (family !== 'headline' || scope.kind !== 'total' || ratio === null) return [];
    const { low, high } = ratio.interval95;
    // With --until the spread is that of the first stage.
    const freedom = adjustment?.degreesOfFreedom ?? Math.min(blocks, plan.until?.firstBlocks ?? blocks) - 1;
    const logSd = impliedSd({ low: Math.log(low), high: Math.log(high) }, 0.95, blocks, freedom);
    return [[metric, { logSd, blocks, isClaimed: verdict === 'increase' || verdict === 'decrease' }] as const];
  });
  if (metrics.length === 0) return null;
  return {
    ...noiseConditions(record, machineId),
    id: record.id,
    measuredAt: record.createdAt,
    blocks: plan.blocks,
    metrics: Object.fromEntries(metrics),
  };
}
