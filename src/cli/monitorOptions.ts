import { Option, type Command } from 'commander';
import { parseDuration } from '../shared/duration';
import { UserError } from '../shared/userError';

const shortestInterval = 0.1;

/** Adds the options of `monitor`. */
export function addMonitorOptions(command: Command): Command {
  const repeatable = (name: string, what: string): Option =>
    new Option(`--${name} <n>`, what).argParser((text: string, before: readonly number[] | undefined) => [
      ...(before ?? []),
      wholeNumber(text, `--${name}`),
    ]);
  return command
    .addOption(repeatable('pid', 'a process with its children; repeatable'))
    .addOption(repeatable('port', 'whoever listens there; repeatable'))
    .addOption(new Option('--interval <time>', 'between two samples (default: 1s)').argParser(interval))
    .addOption(
      new Option('--duration <time>', 'end by itself').argParser((text: string) => parseDuration(text, '--duration')),
    )
    .addOption(new Option('--format <format>', 'how samples are printed').choices(['table', 'csv', 'json']));
}

function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0) return value;
  throw new UserError('usage', `${flag} is no whole number above 0: ${text}`, { hint: `Write ${flag} 1234.` });
}

function interval(text: string): number {
  const seconds = parseDuration(text, '--interval');
  if (seconds >= shortestInterval) return seconds;
  throw new UserError('usage', `--interval is too short: ${text}`, { hint: `Write ${shortestInterval}s or more.` });
}
