import { describe, expect, test } from 'vitest';
import { randomStream } from '../../shared/random';
import { UserError } from '../../shared/userError';
import { compileTemplate } from './template';

const nothing: ReadonlyMap<string, string> = new Map();
const random = randomStream(1, 'template');

describe('template', () => {
  test('{{int LOW HIGH}} gives whole numbers from both ends', () => {
    const template = compileTemplate('a={{int -5 5}}', 'here');
    const seen = new Set(Array.from({ length: 300 }, () => Number(template.fill(random, nothing).slice(2))));
    expect([...seen].sort((a, b) => a - b)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
  });

  test('{{pick A B C}} gives each of its choices, and nothing else', () => {
    const template = compileTemplate('{{pick red green blue}}', 'here');
    expect(new Set(Array.from({ length: 100 }, () => template.fill(random, nothing)))).toEqual(
      new Set(['red', 'green', 'blue']),
    );
  });

  test('{{NAME}} gives the extracted value, encoded as asked, and an empty text without one', () => {
    const template = compileTemplate('/x y/{{ next }}?', 'here');
    expect(template.fill(random, new Map([['next', 'a b&c']]), encodeURIComponent)).toBe('/x y/a%20b%26c?');
    expect(template.fill(random, nothing)).toBe('/x y/?');
  });

  test('a text without templates is fixed and draws nothing', () => {
    const template = compileTemplate('plain } { text', 'here');
    expect([template.isFixed, template.hasDraws, template.fill(random, nothing)]).toEqual([
      true,
      false,
      'plain } { text',
    ]);
  });

  test.each([
    ['{{int 1}}', 'needs two whole numbers'],
    ['{{int 1.5 2}}', 'needs two whole numbers'],
    ['{{int 5 1}}', 'the wrong way round'],
    ['{{pick}}', 'nothing to pick from'],
    ['{{random 1 2}}', 'no template that we know'],
    ['{{}}', 'no template that we know'],
    ['{{int 1 2', 'has no "}}"'],
  ])('%s is refused with the place and the fix', (text, problem) => {
    expect(() => compileTemplate(text, 'Behaviour "shop", path')).toThrow(UserError);
    expect(() => compileTemplate(text, 'Behaviour "shop", path')).toThrow(problem);
    expect(() => compileTemplate(text, 'Behaviour "shop", path')).toThrow('Behaviour "shop", path');
  });
});
