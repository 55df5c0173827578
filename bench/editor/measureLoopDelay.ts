import path from 'node:path';
import { z } from 'zod';
import type { TestProject } from '../../test/e2e/commandLine';
import { startVsCode } from '../../test/vscode/startVsCode';
import type { Figure } from './figures';
import type { LoopDelays } from './loopDelayInside';

const limitMs = 10;

/** By how much a run with its panel open delays the event loop of the extension host. Other processes' use of the cores is in it. */
export async function measureLoopDelay(vsix: string, project: TestProject): Promise<readonly Figure[]> {
  const vsCode = await startVsCode({
    version: 'new',
    vsix,
    folder: project.folder,
    env: { XDG_CACHE_HOME: project.cache },
  });
  try {
    const { idle, run } = loopDelays(await vsCode.runInside(path.resolve('bench/editor/loopDelayInside.ts')));
    const note = (seconds: number): string => `monitorEventLoopDelay in the host, ${seconds.toFixed(0)} s`;
    return [
      shown('event loop p99, idle', idle.p99Ms, 'ms', note(idle.seconds)),
      shown('event loop p99, during a run', run.p99Ms, 'ms', note(run.seconds)),
      { ...shown('event loop p99 above idle', run.p99Ms - idle.p99Ms, 'ms', 'the difference'), limit: limitMs },
      shown('event loop, longest, idle', idle.maxMs, 'ms', note(idle.seconds)),
      shown('event loop, longest, during a run', run.maxMs, 'ms', note(run.seconds)),
      shown('event loop at work, idle', idle.utilisation * 100, '%', 'eventLoopUtilization'),
      shown('event loop at work, during a run', run.utilisation * 100, '%', 'eventLoopUtilization'),
    ];
  } finally {
    await vsCode.close();
  }
}

function shown(name: string, value: number, unit: string, note: string): Figure {
  return { name, value, unit, limit: null, note };
}

const delaySchema = z.object({
  seconds: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  utilisation: z.number(),
});
const delaysSchema = z.object({ idle: delaySchema, run: delaySchema });

function loopDelays(value: unknown): LoopDelays {
  return delaysSchema.parse(value);
}
