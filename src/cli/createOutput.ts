import type { EngineResult } from '../core/runEngine';
import type { RunEvent } from '../shared/events';
import type { CommandContext } from './commandContext';
import type { RunOptionValues } from './runOptions';
import { closingTable, hasUnicodeTerminal } from './terminal/closingTable';
import { createColours, isColourAllowed } from './terminal/colours';
import { eventLines } from './terminal/eventLines';
import type { EventRenderer } from './terminal/eventRenderer';
import { ndjsonRenderer } from './terminal/ndjsonRenderer';
import { plainRenderer } from './terminal/plainRenderer';
import { terminalRenderer } from './terminal/terminalRenderer';

/** Where the events of a run go: stdout gets the result that was asked for, everything else goes to stderr. */
export interface Output {
  readonly onEvent: (event: RunEvent) => void;
  /** Writes the results of the whole run; resolves when everything is written. */
  finish(result: EngineResult): Promise<void>;
}

const widestTable = 100;

/** `--events`: NDJSON on stdout; `--json`: the records; else the closing table of each comparison. Progress goes to stderr unless `--quiet`. */
export function createOutput(options: RunOptionValues, context: CommandContext): Output {
  const renderers = [progressRenderer(options, context), ...(options.events ? [ndjsonRenderer(context.stdout)] : [])];
  const paths = new Map<string, { recordPath: string | null; reportPaths: readonly string[] }>();
  return {
    onEvent: (event) => {
      if (event.type === 'comparison-finished') paths.set(event.id, event);
      for (const renderer of renderers) renderer.onEvent(event);
    },
    finish: async (result) => {
      await Promise.all(renderers.map(async (renderer) => renderer.close()));
      if (options.events) return;
      for (const record of result.records) {
        if (options.json) {
          context.stdout.write(`${JSON.stringify(record)}\n`);
          continue;
        }
        const { recordPath, reportPaths } = paths.get(record.id) ?? { recordPath: null, reportPaths: [] };
        context.stdout.write(
          `\n${closingTable(record, {
            columns: Math.min(widestTable, context.stdout.columns ?? 80),
            hasColour: hasColour(options, context, context.stdout),
            hasUnicode: hasUnicodeTerminal(context.environment, process.platform),
            recordPath,
            reportPaths,
          })}`,
        );
      }
    },
  };
}

function progressRenderer(options: RunOptionValues, context: CommandContext): EventRenderer {
  const { stderr } = context;
  const isQuiet = options.quiet === true || options.events === true;
  if (isQuiet) return errorsOnly(context);
  stderr.write(`insights-comparison ${context.engine.toolVersion}: looking at the project …\n`);
  return stderr.isTTY === true
    ? terminalRenderer(stderr, { hasColour: hasColour(options, context, stderr) })
    : plainRenderer(stderr);
}

/** Even a quiet run says why it ended without a result. */
function errorsOnly({ stderr }: CommandContext): EventRenderer {
  const colours = createColours(false);
  return {
    onEvent: (event) => {
      if (event.type !== 'comparison-finished' && event.type !== 'run-finished') return;
      for (const line of eventLines(event, colours)) stderr.write(`${line}\n`);
    },
    close: async () => Promise.resolve(),
  };
}

function hasColour(options: RunOptionValues, context: CommandContext, stream: { readonly isTTY?: boolean }): boolean {
  return isColourAllowed({
    isTty: stream.isTTY === true,
    env: context.environment,
    isSwitchedOff: options.color === false,
  });
}
