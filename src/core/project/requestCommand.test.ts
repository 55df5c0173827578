import { describe, expect, test } from 'vitest';
import { quoteForShell, requestCommand } from './requestCommand';
import { runRequestSchema } from '../../shared/runRequest';

const resolved = { seed: 7, scenario: 'quick', target: 'flask' };

describe('the command that repeats a run', () => {
  test('names scenario, target and seed', () => {
    expect(requestCommand(runRequestSchema.parse({ folder: '/a' }), resolved)).toBe(
      'insights-comparison run . quick flask --seed 7',
    );
  });

  test('keeps every option, quoted, and hides what sounds secret', () => {
    const request = runRequestSchema.parse({
      purpose: 'aa',
      folder: '.',
      variantFiles: [{ name: 'a', envFile: null }],
      environment: [{ variant: 'a', key: 'SECRET_KEY', value: 'hunter2' }],
      adHoc: { command: "python 'my app.py'", url: 'http://127.0.0.1:8000' },
      blocks: 3,
      until: 0.07,
      hasCapacity: false,
    });
    expect(requestCommand(request, resolved)).toBe(
      `insights-comparison aa . quick --variant a= --env 'a:SECRET_KEY=…' --command 'python '\\''my app.py'\\''' --url http://127.0.0.1:8000 --blocks 3 --until 7% --no-capacity --seed 7`,
    );
  });

  test('asks for the same outages', () => {
    const request = runRequestSchema.parse({ folder: '.', outages: ['429', 'hang'] });
    expect(requestCommand(request, resolved)).toBe('insights-comparison run . quick flask --outage 429,hang --seed 7');
  });

  test.each([
    ['a', 'a'],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$HOME', "'$HOME'"],
    ['', "''"],
  ])('quotes %j as %s', (word, quoted) => {
    expect(quoteForShell(word)).toBe(quoted);
  });
});
