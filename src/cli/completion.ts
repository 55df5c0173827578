import type { Command, Option } from 'commander';
import { builtinScenarios } from '../shared/builtins';

export const completionShells = ['bash', 'zsh', 'fish'] as const;
export type CompletionShell = (typeof completionShells)[number];

const scenarios = Object.keys(builtinScenarios);

interface CompletedOption {
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Its words are a folder, a scenario, targets. */
  readonly takesScenario: boolean;
}

/** A shell's completion of every visible command and option, made from the program itself; folders and files are left to the shell. */
export function completionScript(program: Command, shell: CompletionShell): string {
  const commands = completedCommands(program);
  const writers = { bash: bashScript, zsh: zshScript, fish: fishScript };
  return writers[shell](program.name(), commands);
}

function completedCommands(program: Command): readonly CompletedCommand[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({
      name: command.name(),
      description: command.description(),
      options: command.createHelp().visibleOptions(command).flatMap(completedOption),
      takesScenario: command.registeredArguments.some((argument) => argument.name() === 'words'),
    }));
}

function completedOption({ long, description, required, optional, argChoices }: Option): CompletedOption[] {
  return long ? [{ long, description, takesValue: required || optional, choices: argChoices ?? [] }] : [];
}

function bashScript(name: string, commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name: command, options, takesScenario }) => {
    const words = [...options.map(({ long }) => long), ...(takesScenario ? scenarios : [])];
    return `    ${command}) words='${words.join(' ')}' ;;`;
  });
  const choices = uniqueChoices(commands).map(
    ([long, values]) => `    ${long}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return ;;`,
  );
  return [
    `# ${name}: source <(${name} completion bash)`,
    `_${functionName(name)}() {`,
    `  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words`,
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W '${commands.map((command) => command.name).join(' ')}' -- "$current")); return`,
    '  fi',
    '  case "$previous" in',
    ...choices,
    '  esac',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))',
    '}',
    `complete -o filenames -F _${functionName(name)} ${name}`,
    '',
  ].join('\n');
}

function zshScript(name: string, commands: readonly CompletedCommand[]): string {
  const described = commands.map((command) => `    ${quoted(`${command.name}:${command.description}`)}`);
  const cases = commands.map(({ name: command, options, takesScenario }) => {
    const specs = options.map(({ long, description, takesValue, choices }) => {
      const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : '';
      return `      ${quoted(`*${long}[${description.replaceAll(/[[\]:]/g, ' ')}]${value}`)} \\`;
    });
    const rest = takesScenario
      ? `'*:word:_alternative "names:scenario:(${scenarios.join(' ')})" "files:file:_files"'`
      : "'*:file:_files'";
    return [`    ${command}) _arguments \\`, ...specs, `      ${rest} ;;`].join('\n');
  });
  return [
    `#compdef ${name}`,
    `# ${name}: source <(${name} completion zsh)`,
    `_${functionName(name)}() {`,
    '  local -a commands=(',
    ...described,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  local command=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...cases,
    '  esac',
    '}',
    `compdef _${functionName(name)} ${name}`,
    '',
  ].join('\n');
}

function fishScript(name: string, commands: readonly CompletedCommand[]): string {
  const start = `complete -c ${name}`;
  const lines = commands.flatMap(({ name: command, description, options, takesScenario }) => {
    const condition = `-n '__fish_seen_subcommand_from ${command}'`;
    return [
      `${start} -n __fish_use_subcommand -f -a ${command} -d ${quoted(description)}`,
      ...(takesScenario ? [`${start} ${condition} -a '${scenarios.join(' ')}'`] : []),
      ...options.map(({ long, description: what, takesValue, choices }) => {
        const value = takesValue ? (choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : ' -r') : '';
        return `${start} ${condition} -l ${long.slice(2)}${value} -d ${quoted(what)}`;
      }),
    ];
  });
  return [`# ${name}: ${name} completion fish | source`, ...lines, ''].join('\n');
}

/** By option, the values that it may have, where they are few. */
function uniqueChoices(commands: readonly CompletedCommand[]): readonly (readonly [string, readonly string[]])[] {
  const all = commands.flatMap(({ options }) => options).filter(({ choices }) => choices.length > 0);
  return [...new Map(all.map(({ long, choices }) => [long, choices] as const))];
}

function functionName(name: string): string {
  return name.replaceAll(/\W/g, '_');
}

/** A word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
