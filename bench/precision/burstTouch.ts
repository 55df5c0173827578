import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createSpeedProbe } from '../../src/core/sample/speedProbe';
import { randomStream, shuffled } from '../../src/shared/random';
import type { BenchOptions } from '../benchOptions';

const windowMs = 1000;
/** An app of 25 requests/s with 3 ms of CPU each: one third dearer, and four times as dear. */
const burstsMs = [3, 4, 12] as const;

export interface Touch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Log ratios of the probe's means, one of each round. */
  readonly logs: readonly number[];
}

/** The probe of the machine's speed beside a process whose cost changes from second to second, in random order. `core`: both on that one. */
export async function burstTouch(
  rounds: number,
  core: number | null,
  { root }: BenchOptions,
): Promise<readonly Touch[]> {
  const python = process.env['INSIGHTS_COMPARISON_SAMPLE_PYTHON'] ?? 'python3';
  const program = [python, path.join(root, 'bench', 'precision', 'bursts.py')];
  const [command = '', ...words] = core === null ? program : ['taskset', '-c', String(core), ...program];
  const bursts = spawn(command, words, { stdio: ['pipe', 'ignore', 'inherit'] });
  const probe = await createSpeedProbe({ pythonPath: python, environment: {}, ...(core === null ? {} : { core }) });
  const logs = new Map(burstsMs.slice(1).map((ms): [number, number[]] => [ms, []]));
  const random = randomStream(1, 'bursts');
  try {
    for (let round = 0; round < rounds; round += 1) {
      const means = new Map<number, number>();
      for (const ms of shuffled(burstsMs, random)) {
        bursts.stdin.write(`${ms}\n`);
        probe.begin();
        await wait(windowMs);
        means.set(ms, (await probe.end())?.meanMs ?? Number.NaN);
      }
      const base = means.get(burstsMs[0]) ?? Number.NaN;
      for (const [ms, found] of logs) found.push(Math.log((means.get(ms) ?? Number.NaN) / base));
    }
  } finally {
    bursts.stdin.end();
    await probe.close();
  }
  return [...logs].map(([toMs, found]) => ({ fromMs: burstsMs[0], toMs, logs: found }));
}
