import { readdir } from 'node:fs/promises';
import { readRecord } from '../../src/core/history/readRecord';

/**
 * What two runs of one plan have in common when nothing disturbs either, whatever was measured and in which order: status, plan,
 * trials with their verification, the effects that were computed, the files.
 */
export async function runKind(folder: string): Promise<unknown> {
  const { record } = await readRecord(folder);
  const { seed: _seed, order, repeatCommand: _command, request: _request, ...plan } = record.plan;
  const trials = [
    ...record.trials.map(({ variant, block, verification, exit }) => [
      'scenario',
      variant,
      block,
      verification.ok,
      exit.forced,
    ]),
    ...record.capacity.map(({ variant, block, verification, exit }) => [
      'capacity',
      variant,
      block,
      verification.ok,
      exit.forced,
    ]),
  ];
  return {
    status: record.status,
    plan,
    planned: sorted(order.flat()),
    trials: sorted(trials),
    effects: sorted(
      record.effects.map(({ metric, scope, candidate, blocks }) => ({ metric, scope, candidate, blocks })),
    ),
    // Trials are numbered in the order that was drawn.
    files: sorted((await readdir(folder, { recursive: true })).map((file) => file.replace(/\b\d\d-/, ''))),
  };
}

function sorted(values: readonly unknown[]): readonly string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}
