import { Argument, Command, CommanderError } from 'commander';
import { describeError } from '../core/runEngine';
import { exitCodes, UserError } from '../shared/userError';
import type { CommandContext } from './commandContext';
import { compareCommand, type CompareOptions } from './commands/compareCommand';
import { doctorCommand } from './commands/doctorCommand';
import { engineCommand } from './commands/engineCommand';
import { initCommand } from './commands/initCommand';
import { listCommand } from './commands/listCommand';
import { locustfileCommand } from './commands/locustfileCommand';
import { monitorCommand, type MonitorOptionValues } from './commands/monitorCommand';
import { reportCommand } from './commands/reportCommand';
import { runCommand } from './commands/runCommand';
import { trendCommand, type TrendCommandOptions } from './commands/trendCommand';
import { completionScript, completionShells, type CompletionShell } from './completion';
import { addMonitorOptions } from './monitorOptions';
import { addRunOptions, type RunOptionValues } from './runOptions';

const examples = `
Examples:
  insights-comparison demo                     the sample app, end to end
  insights-comparison run                      the app in this folder, light_load
  insights-comparison run . quick              a first look
  insights-comparison run medium_load all      every app of the project file
  insights-comparison run . --until 2%         as many blocks as CPU per request to ±2 % takes
  insights-comparison run --variant without=.env.off --variant with=.env.on
  insights-comparison doctor .                 what stands in the way of a run, with the fix for each
  insights-comparison init .                   a first project file, to be edited
  insights-comparison aa . quick               the baseline against itself: this machine's noise floor
  insights-comparison report .insights-comparison/runs/… --format html

Scenarios: quick, light_load (default), medium_load, heavy_load, burst_load, or one of the project file.
Exit codes: 0 done, 1 a budget failed, 2 usage, 3 the app did not start, 4 inconclusive (with --fail-on), 5 invalid, 70 a bug of ours, 130 stopped.
`;

/** Parses the words of the command line, runs what they name, and returns the exit code. Never throws. */
export async function runProgram(args: readonly string[], context: CommandContext): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { message, hint } = describeError(error);
    context.stderr.write(`insights-comparison: ${message}\n${hint === undefined ? '' : `${hint}\n`}`);
    return error instanceof UserError ? error.exitCode : exitCodes.bug;
  }
}

function createProgram(context: CommandContext, onExit: (code: number) => void): Command {
  const program = new Command('insights-comparison')
    .description('What does Honeybadger Insights cost your Django or Flask app, and why?')
    .version(context.engine.toolVersion)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .addHelpText('after', examples)
    .helpCommand(false);
  const addComparing = (name: string, description: string): Command =>
    addRunOptions(
      program
        .command(name)
        .description(description)
        .argument(
          '[words...]',
          '[FOLDER] [SCENARIO] [TARGET…]: the first word is the folder when it is ".", ".." or holds a slash',
        ),
    );
  addComparing('run', 'compare the variants of an app').action(
    async (given: string[], options: RunOptionValues, command: Command) => {
      onExit(await runCommand('comparison', given, options, command, context));
    },
  );
  addRunOptions(program.command('demo').description('compare the Flask sample with and without Insights')).action(
    async (options: RunOptionValues, command: Command) => {
      onExit(await runCommand('demo', [], options, command, context));
    },
  );
  addComparing('aa', "the baseline against itself: this machine's noise floor").action(
    async (given: string[], options: RunOptionValues, command: Command) => {
      onExit(await runCommand('aa', given, options, command, context));
    },
  );
  addComparing('doctor', 'every check that run makes first, with the fix for each; starts no load').action(
    async (given: string[], options: RunOptionValues) => {
      onExit(await doctorCommand(given, options, context));
    },
  );
  addComparing('locustfile', "what a scenario's users do, as a Locust file on stdout").action(
    async (given: string[], options: RunOptionValues) => {
      onExit(await locustfileCommand(given, options, context));
    },
  );
  program
    .command('init')
    .description('write a commented project file for the apps that are detected')
    .argument('[folder]', 'the folder of the project', '.')
    .option('--har <file>', 'what a browser has recorded, as the requests of the first app')
    .action(async (folder: string, options: { har?: string }) => {
      onExit(await initCommand(folder, options, context));
    });
  program
    .command('report')
    .description('render a record again')
    .argument('<record>', 'a run folder or its comparison.insights.json')
    .option('--format <formats>', 'md,html,csv,json,junit,png (default: md,html)')
    .option('-o, --output <folder>', 'where to write (default: beside the record); - prints one report on stdout')
    .action(async (record: string, options: { format?: string; output?: string }) => {
      onExit(await reportCommand(record, options, context));
    });
  program
    .command('list')
    .description('past runs, newest first')
    .argument('[folder]', 'the folder that was run', '.')
    .option('--out <folder>', 'the results folder, when it was named with --out')
    .option('--json', 'one JSON line per run')
    .action(async (folder: string, options: { out?: string; json?: boolean }) => {
      onExit(await listCommand(folder, options, context));
    });
  program
    .command('compare')
    .description('two past runs side by side: how their effects changed, in what they differ, how weak that is')
    .argument('<first>', 'a run folder, its comparison.insights.json, or (part of) an id that list shows')
    .argument('<second>', 'the later one')
    .option('--out <folder>', 'the results folder, when it was named with --out')
    .option('--json', 'one JSON line')
    .option('--no-color', 'no colours')
    .action(async (first: string, second: string, options: CompareOptions) => {
      onExit(await compareCommand([first, second], options, context));
    });
  program
    .command('trend')
    .description('the headline effects over the past runs of each target and scenario, the oldest first')
    .argument('[folder]', 'the folder that was run', '.')
    .option('--target <name>', 'of this target alone')
    .option('--scenario <name>', 'of this scenario alone')
    .option('--out <folder>', 'the results folder, when it was named with --out')
    .option('--json', 'one JSON line per metric and candidate')
    .option('--no-color', 'no colours')
    .action(async (folder: string, options: TrendCommandOptions) => {
      onExit(await trendCommand(folder, options, context));
    });
  program
    .command('completion')
    .description('completion for a shell, on stdout: source <(insights-comparison completion bash)')
    .addArgument(new Argument('<shell>').choices(completionShells))
    .action((shell: CompletionShell) => {
      context.stdout.write(completionScript(program, shell));
    });
  addMonitorOptions(
    program
      .command('monitor')
      .description("resources alone, until Ctrl-C: the machine and the targets' ports, or what is named")
      .argument('[folder]', 'the folder of the project', '.'),
  ).action(async (folder: string, options: MonitorOptionValues) => {
    onExit(await monitorCommand(folder, options, context));
  });
  program.command('engine', { hidden: true }).action(async () => {
    onExit(await engineCommand(context));
  });
  return program;
}
