import { Option, type Command, type OptionValueSource } from 'commander';
import { parseDuration } from '../shared/duration';
import { outageModes } from '../shared/outage';
import { mostWorkers, reportFormats } from '../shared/runRequest';
import { UserError } from '../shared/userError';

/** Adds the options of `run` and `aa`. Every one that has a value can be set by `INSIGHTS_COMPARISON_<NAME>` too. */
export function addRunOptions(command: Command): Command {
  const add = (flags: string, text: string, more: (option: Option) => Option = (option) => option): void => {
    const option = more(new Option(flags, text));
    const hasValue = option.required || option.optional;
    if (hasValue) option.env(`INSIGHTS_COMPARISON_${option.name().toUpperCase().replaceAll('-', '_')}`);
    command.addOption(option);
  };
  add('--config <file>', 'project file (default: insights-comparison.jsonc in FOLDER)');
  add(
    '--variant <name=envfile>',
    'a variant and its env file; repeat for more, the first is the baseline',
    collectable,
  );
  add('--variants <names>', 'variants of the project file, separated by commas; the first is the baseline');
  add('-e, --env <variant:key=value>', 'one value for one variant; repeatable', collectable);
  add('--command <command>', 'start this app instead of one from the project file (needs --url)');
  add('--url <url>', 'where that app answers, for example http://127.0.0.1:8000');
  add('--ready <path>', 'path that answers when the app is ready');
  add('--cwd <folder>', 'folder that the app is started in');
  add('--behaviour <name>', 'what simulated users do');
  command.addOption(new Option('--behavior <name>').hideHelp());
  add('--users <n>', 'number of simulated users', counted);
  add('--spawn-rate <n>', 'users started per second', positive);
  add('--rate <n>', 'arrivals per second, whatever the app does, instead of users', positive);
  add('--arrivals <kind>', 'how arrivals at a rate are spaced', (option) => option.choices(['even', 'poisson']));
  add('--duration <time>', 'measured time per variant, all blocks together', duration);
  add('--blocks <n>', 'how often every variant is measured', counted);
  add(
    '--until <percent>',
    'as many blocks as it takes for half of the 95 % interval of CPU per request, for example 2%',
    (option) => option.argParser((text: string) => parseHalfWidth(text)),
  );
  add('--trial <time>', 'measured time of one trial; rounded up to 5 s', duration);
  add('--warmup <time>', 'load before each measurement', duration);
  add('--seed <n>', 'seed of every random choice', whole);
  command.addOption(new Option('--no-capacity', 'leave out the closed-loop capacity trials'));
  command.addOption(new Option('--pin', 'give the app one core for itself, and everything else the others'));
  add(
    '--stack <name>',
    'servers to start for the run: mysql-redis (a private MariaDB and Redis), or one of the project file',
  );
  add(
    '--endpoint <where>',
    'where telemetry goes: local (our HTTPS collector, default), local-http, real (where the app itself would send), or an address',
  );
  add(
    '--accept-events <n>',
    'how many events may be sent where they count against your quota (--endpoint real)',
    whole,
  );
  add(
    '--accept-host <host>',
    'another machine that load may be sent to, where the project file has a target on it ("start", "stop", "url")',
  );
  add(
    '--outage <mode>',
    `measure it against a Honeybadger that is ill too: ${outageModes.join(', ')}; repeatable`,
    collectable,
  );
  add('--engine <name>', 'what sends the load: our own generator (native, default) or Locust', (option) =>
    option.choices(['native', 'locust']),
  );
  add('--workers <n>', 'worker processes of Locust (default: 1; at most 64)', workers);
  add(
    '--remote-workers <n>',
    'more workers of Locust, which you start on other machines (needs --master-bind)',
    workers,
  );
  add('--master-bind <address[:port]>', 'the address of this machine that those reach (default port: 5557)');
  add('--locustfile <file>', 'your own Locust file instead of one made of the behaviour');
  add('--user-class <name>', 'of that file this class of users alone; repeatable (default: all)', collectable);
  add('--base <rev>', 'compare two commits: this one is the baseline (a branch, a tag, HEAD~1)');
  add('--head <rev>', 'the commit that is compared with --base (default: the files as they are now)');
  add(
    '--set-requirement <spec>',
    'compare two releases of a package: what is installed with this one ("honeybadger==1.2.4"); the same package twice: the first with the second; repeatable',
    collectable,
  );
  add(
    '--budget <"metric limit">',
    'fail when an effect exceeds this, for example "cpu_ms_per_request +5%"; repeatable',
    collectable,
  );
  add('--fail-on <what>', 'exit 4 when nothing can be decided', (option) => option.choices(['inconclusive']));
  add('--out <folder>', 'write results there instead of FOLDER/.insights-comparison');
  add('--report <formats>', `reports to write: ${reportFormats.join(',')} (default: md,html)`);
  command.addOption(new Option('--json', 'print the record alone on stdout, one line per target'));
  command.addOption(new Option('--events', 'print run events on stdout, one JSON line each'));
  command.addOption(new Option('--quiet', 'no progress on stderr'));
  command.addOption(new Option('--no-color', 'no colours'));
  command.addOption(new Option('--no-input', 'never ask (this version never does)'));
  command.addOption(new Option('--print-config', 'print every value with its origin, and run nothing'));
  command.addOption(new Option('--force', 'run in spite of a failed check; the record says so'));
  return command;
}

const collectable = (option: Option): Option =>
  option.argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
const whole = (option: Option): Option =>
  option.argParser((text: string) =>
    numberOf(text, option.long ?? '', (value) => Number.isInteger(value) && value >= 0, 'a whole number'),
  );
const counted = (option: Option): Option => countUpTo(option, Infinity);
const workers = (option: Option): Option => countUpTo(option, mostWorkers);
const positive = (option: Option): Option =>
  option.argParser((text: string) => numberOf(text, option.long ?? '', (value) => value > 0, 'a number above 0'));
const duration = (option: Option): Option => option.argParser((text: string) => parseDuration(text, option.long ?? ''));

/** A whole number that is none the less too small or too large is told of its bounds. */
function countUpTo(option: Option, most: number): Option {
  const bounds = most === Infinity ? 'a whole number above 0' : `a whole number from 1 to ${most}`;
  return option.argParser((text: string) => {
    const name = option.long ?? '';
    numberOf(text, name, Number.isInteger, 'a whole number');
    return numberOf(text, name, (value) => value >= 1 && value <= most, bounds);
  });
}

const narrowestPercent = 0.1;
const widestPercent = 50;

/** The share that `2%` is. Without its sign a number could be meant either way (0.02, 2), so that it is refused. */
function parseHalfWidth(text: string): number {
  const [, digits] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*%\s*$/.exec(text) ?? [];
  const percent = Number(digits);
  if (digits === undefined || percent < narrowestPercent || percent > widestPercent) {
    throw new UserError(
      'usage',
      `--until takes a percentage from ${narrowestPercent}% to ${widestPercent}%, not ${text}`,
      {
        hint: 'For example --until 2%: blocks are added until CPU per request is known to ±2 %.',
      },
    );
  }
  return percent / 100;
}

function numberOf(text: string, option: string, isAllowed: (value: number) => boolean, what: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || !isAllowed(value)) {
    throw new UserError('usage', `${option} takes ${what}, not ${text}`);
  }
  return value;
}

/** What commander hands over for `run` and `aa`. */
export interface RunOptionValues {
  readonly config?: string;
  readonly variant?: readonly string[];
  readonly variants?: string;
  readonly env?: readonly string[];
  readonly command?: string;
  readonly url?: string;
  readonly ready?: string;
  readonly cwd?: string;
  readonly behaviour?: string;
  readonly behavior?: string;
  readonly users?: number;
  readonly spawnRate?: number;
  readonly rate?: number;
  readonly arrivals?: 'even' | 'poisson';
  readonly duration?: number;
  readonly blocks?: number;
  readonly until?: number;
  readonly trial?: number;
  readonly warmup?: number;
  readonly seed?: number;
  readonly capacity?: boolean;
  readonly endpoint?: string;
  readonly acceptEvents?: number;
  readonly acceptHost?: string;
  readonly stack?: string;
  readonly outage?: readonly string[];
  readonly base?: string;
  readonly head?: string;
  readonly setRequirement?: readonly string[];
  readonly budget?: readonly string[];
  readonly failOn?: string;
  readonly out?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly events?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly printConfig?: boolean;
  readonly force?: boolean;
  readonly pin?: boolean;
  readonly engine?: 'native' | 'locust';
  readonly workers?: number;
  readonly remoteWorkers?: number;
  readonly masterBind?: string;
  readonly locustfile?: string;
  readonly userClass?: readonly string[];
}

/** Where a value of the request came from: the flag, the environment variable, or null (neither). */
export function originOf(command: Command, attribute: string): string | null {
  const source: OptionValueSource | undefined = command.getOptionValueSource(attribute);
  const option = command.options.find((candidate) => candidate.attributeName() === attribute);
  if (source === 'cli') return option?.long ?? attribute;
  return source === 'env' ? (option?.envVar ?? attribute) : null;
}
