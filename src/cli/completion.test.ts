import { execFileSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { completionScript } from './completion';

function program(): Command {
  const made = new Command('insights-comparison').helpCommand(false);
  made
    .command('run')
    .description("compare an app's variants [now]: here")
    .argument('[words...]')
    .addOption(new Option('--arrivals <kind>', 'how they are spaced').choices(['even', 'poisson']))
    .option('--seed <n>', 'a seed')
    .option('--quiet', 'say less')
    .addOption(new Option('--later').hideHelp());
  made.command('engine', { hidden: true });
  return made;
}

/** What bash would offer for these words, the last of which is being typed. */
function offered(...words: readonly string[]): string[] {
  const script = `${completionScript(program(), 'bash')}
    COMP_WORDS=(insights-comparison "$@"); COMP_CWORD=$#; _insights_comparison; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', script, 'bash', ...words], { cwd: import.meta.dirname, encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  test('offers the commands, without the hidden ones', () => {
    expect(offered('')).toEqual(['run']);
    expect(offered('e')).toEqual([]);
  });

  test("offers a command's options and scenarios, and an option's choices", () => {
    expect(offered('run', '--')).toEqual(expect.arrayContaining(['--arrivals', '--seed', '--quiet', '--help']));
    expect(offered('run', '--')).not.toContain('--later');
    expect(offered('run', 'he')).toEqual(['heavy_load']);
    expect(offered('run', '--arrivals', '')).toEqual(['even', 'poisson']);
  });

  test('offers files beside them', () => {
    expect(offered('run', 'completion.t')).toContain('completion.test.ts');
  });
});

describe.each(['zsh', 'fish'] as const)('completion in %s', (shell) => {
  test('names commands, options, choices and scenarios, quoted', () => {
    const script = completionScript(program(), shell);
    for (const word of ['run', 'arrivals', 'poisson', 'seed', 'quick', 'heavy_load']) expect(script).toContain(word);
    expect(script).not.toContain('later');
    expect(script).toContain(`app'\\''s variants`);
  });
});
