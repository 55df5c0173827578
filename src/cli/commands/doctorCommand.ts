import { describeError } from '../../core/runEngine';
import { examine, examinedExitCode, type Examined } from '../../core/runDoctor';
import type { RunEvent } from '../../shared/events';
import { exitCodes } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import type { RunOptionValues } from '../runOptions';
import { listenForStop } from '../stopSignals';
import { coloursFor, type Colours } from '../terminal/colours';
import { withoutControls } from '../terminal/displayWidth';
import { eventLines } from '../terminal/eventLines';
import { toRunRequest } from '../toRunRequest';

/**
 * `doctor`: every check that a run makes first, each with its fix, on stdout. Starts no load. `--json`: a line per target instead,
 * `{ target, isReady, checks: [{ check, state, message }], findings: [{ code, message, advice }], error: { message, hint } or null }`; `--events`: the events as they come.
 */
export async function doctorCommand(
  words: readonly string[],
  options: RunOptionValues,
  context: CommandContext,
): Promise<number> {
  const request = toRunRequest('comparison', words, options, context.environment);
  const { stdout } = context;
  const colours = coloursFor({ stream: stdout, environment: context.environment, color: options.color });
  const stop = listenForStop(() => undefined);
  try {
    const examined = await examine(request, context.engine, {
      signal: stop.stop.signal,
      force: stop.force.signal,
      onEvent: (event) => {
        if (options.events) stdout.write(`${JSON.stringify(event)}\n`);
        else if (!options.json) for (const line of shownLines(event, colours)) stdout.write(`${line}\n`);
      },
    });
    for (const each of examined) {
      if (options.json) stdout.write(`${JSON.stringify(summaryOf(each))}\n`);
      else if (!options.events) for (const line of closingLines(each, colours)) stdout.write(`${line}\n`);
    }
    return examinedExitCode(examined);
  } catch (error) {
    if (!stop.stop.signal.aborted) throw error;
    return exitCodes.stopped;
  } finally {
    stop.dispose();
  }
}

function summaryOf({ planned, checks, findings, result, error }: Examined): object {
  return {
    target: planned.plan.target.name,
    isReady: error === null && result?.problems.length === 0,
    checks,
    findings,
    error: error === null ? null : describeError(error),
  };
}

/** What is about to be tried is for a run; here the outcome stands. */
function shownLines(event: RunEvent, colours: Colours): readonly string[] {
  if (event.type === 'preflight' && event.state === 'running') return [];
  return event.type === 'preflight' || event.type === 'warning' ? eventLines(event, colours) : [];
}

function closingLines({ planned, result, error }: Examined, colours: Colours): readonly string[] {
  const name = withoutControls(planned.plan.target.name);
  if (error !== null) {
    const { message, hint = '' } = describeError(error);
    const advice = hint.split('\n').flatMap((line) => (line.trim() === '' ? [] : [`  ${withoutControls(line)}`]));
    return [
      `${colours.red('✗')} ${withoutControls(message)}`,
      ...advice,
      colours.bold(`${name}: it cannot be measured yet`),
    ];
  }
  const count = result?.problems.length ?? 0;
  if (count === 0) return [colours.bold(`${name}: nothing stands in the way of a run`)];
  return [colours.bold(`${name}: a run would mean nothing before ${count === 1 ? 'this is' : 'these are'} mended`)];
}
