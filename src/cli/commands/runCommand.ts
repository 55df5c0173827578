import type { Command } from 'commander';
import { makePlans } from '../../core/project/makePlans';
import { runEngine } from '../../core/runEngine';
import type { RunRequest } from '../../shared/runRequest';
import { exitCodes } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { createOutput } from '../createOutput';
import { printConfig } from '../printConfig';
import type { RunOptionValues } from '../runOptions';
import { addToStepSummary } from '../stepSummary';
import { listenForStop } from '../stopSignals';
import { toRunRequest } from '../toRunRequest';

const demoBlocks = 6;

/** `run`, `aa` and `demo`: the request's comparisons, shown while they run and summed up at the end. Returns the exit code. */
export async function runCommand(
  what: 'comparison' | 'aa' | 'demo',
  words: readonly string[],
  options: RunOptionValues,
  command: Command,
  context: CommandContext,
): Promise<number> {
  const request =
    what === 'demo' ? demoRequest(options, context) : toRunRequest(what, words, options, context.environment);
  if (options.printConfig) {
    context.stdout.write(printConfig(await makePlans(request, context.environment), request, command));
    return exitCodes.done;
  }
  const output = createOutput(options, context);
  const stop = listenForStop((reason) => {
    output.onEvent({ atMs: context.engine.now(), type: 'stopping', reason });
  });
  try {
    const result = await runEngine(request, context.engine, {
      signal: stop.stop.signal,
      force: stop.force.signal,
      onEvent: output.onEvent,
    });
    await output.finish(result);
    await addToStepSummary(result.records, context);
    return result.exitCode;
  } finally {
    stop.dispose();
  }
}

/** The Flask sample of this checkout, `quick` with more blocks: a result that stands in minutes. */
function demoRequest(options: RunOptionValues, context: CommandContext): RunRequest {
  const { environment } = context;
  const request = toRunRequest('comparison', [`${context.homeFolder}/`, 'quick', 'flask'], options, environment);
  const samplePython = environment['INSIGHTS_COMPARISON_SAMPLE_PYTHON'];
  return {
    ...request,
    folder: context.homeFolder,
    ...(request.blocks === undefined && request.durationSeconds === undefined ? { blocks: demoBlocks } : {}),
    ...(!environment['INSIGHTS_COMPARISON_PYTHON'] && samplePython
      ? { python: { path: samplePython, origin: 'INSIGHTS_COMPARISON_SAMPLE_PYTHON' } }
      : {}),
  };
}
