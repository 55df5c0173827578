import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addRunOptions, type RunOptionValues } from './runOptions';
import { readWords, toRunRequest } from './toRunRequest';

function request(args: readonly string[], environment: Record<string, string> = {}): ReturnType<typeof toRunRequest> {
  const command = addRunOptions(new Command('run').argument('[words...]').exitOverride());
  command.configureOutput({ writeErr: () => undefined });
  command.parse([...args], { from: 'user' });
  return toRunRequest('comparison', command.args, command.opts<RunOptionValues>(), environment);
}

describe('words and options of run', () => {
  test.each([
    [[], { folder: '.', scenario: undefined, targets: [] }],
    [['medium_load'], { folder: '.', scenario: 'medium_load', targets: [] }],
    [['..', 'burst_load', 'all'], { folder: '..', scenario: 'burst_load', targets: ['all'] }],
    [['./app'], { folder: './app', scenario: undefined, targets: [] }],
    [['.', 'light_load', 'flask', 'django'], { folder: '.', scenario: 'light_load', targets: ['flask', 'django'] }],
  ])('%j', (words, expected) => {
    expect(readWords(words)).toEqual(expected);
  });

  test('variants are layered in their order, and a name alone is the app as it is', () => {
    expect(request(['--variant', 'a=', '--variant', 'b=one.env', '--variant', 'b=two.env']).variantFiles).toEqual([
      { name: 'a', envFile: null },
      { name: 'b', envFile: 'one.env' },
      { name: 'b', envFile: 'two.env' },
    ]);
  });

  test('values keep what stands behind the first "="', () => {
    expect(request(['-e', 'b:URL=redis://x?y=z']).environment).toEqual([
      { variant: 'b', key: 'URL', value: 'redis://x?y=z' },
    ]);
  });

  test.each([
    [['--blocks', 'many'], /--blocks takes a whole number, not many/],
    [['--blocks', '0'], /--blocks takes a whole number above 0, not 0$/],
    [['--users', '-3'], /--users takes a whole number above 0, not -3$/],
    [['--workers', '65'], /--workers takes a whole number from 1 to 64, not 65$/],
    [['--duration', 'soon'], /--duration is no duration/],
    [['--until', '2'], /--until takes a percentage from 0.1% to 50%, not 2$/],
    [['--until', '0.02'], /--until takes a percentage from 0.1% to 50%, not 0.02$/],
    [['--until', '0%'], /--until takes a percentage from 0.1% to 50%, not 0%/],
    [['--until', '80%'], /--until takes a percentage from 0.1% to 50%, not 80%/],
    [['--until', '-2%'], /--until takes a percentage/],
    [['--outage', 'slow,hung'], /There is no outage hung/],
    [['--command', 'python app.py'], /--url is missing/],
    [['--variant', 'b'], /has no "="/],
    [['--env', 'KEY=1'], /VARIANT:KEY=VALUE/],
    [['--report', 'pdf'], /no report format pdf/],
    [['--report', 'gif'], /There is no report format gif/],
  ])('%j is refused', (args, message) => {
    expect(() => request(args)).toThrow(message);
  });

  test.each([
    ['2%', 0.02],
    ['0.5 %', 0.005],
    ['.5%', 0.005],
    ['10%', 0.1],
  ])('--until %s is a share', (text, until) => {
    expect(request(['--until', text]).until).toBeCloseTo(until, 12);
  });

  test('outages are repeated or separated by commas', () => {
    expect(request([]).outages).toEqual([]);
    expect(request(['--outage', '429, hang', '--outage', 'slow']).outages).toEqual(['429', 'hang', 'slow']);
  });

  test('an outage that is a typo is told the nearest, and aa has none', () => {
    const thrown = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return error;
      }
    };
    expect(thrown(() => request(['--outage', 'hung']))).toMatchObject({ code: 'usage', hint: 'Did you mean hang?' });
    expect(thrown(() => toRunRequest('aa', [], { outage: ['hang'] }, {}))).toMatchObject({
      message: expect.stringContaining('baseline with itself'),
    });
  });

  test('0 and the empty text are values', () => {
    expect(request(['--warmup', '0', '--seed', '0', '-e', 'b:EMPTY='])).toMatchObject({
      warmupSeconds: 0,
      seed: 0,
      environment: [{ variant: 'b', key: 'EMPTY', value: '' }],
    });
  });
});
