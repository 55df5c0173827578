import { describe, expect, test } from 'vitest';
import { behaviourSchema, type BehaviourInput } from '../../shared/behaviour';
import { builtinBehaviours } from '../../shared/builtins';
import { randomStream } from '../../shared/random';
import { UserError } from '../../shared/userError';
import { compileBehaviour, type CompiledBehaviour } from './compileBehaviour';

function compiled(input: BehaviourInput): CompiledBehaviour {
  return compileBehaviour(behaviourSchema.parse(input), 'shop');
}
const home = { name: 'home', path: '/' };

describe('a behaviour', () => {
  test.each(Object.entries(builtinBehaviours))('%s, built in, compiles', (_name, input) => {
    expect(compiled(input).choices.length).toBeGreaterThan(0);
  });

  test('weight 0 is only reached by name', () => {
    const { choices, totalWeight } = compiled({
      requests: [
        { weight: 0, ...home },
        { name: 'burst', pick: [1, 2], from: ['home'] },
      ],
    });
    expect([choices.map(({ action }) => action.type), totalWeight]).toEqual([['pick'], 1]);
  });

  test('fills in path, headers, form and JSON, each encoded as its place asks', () => {
    const { choices } = compiled({
      headers: { Accept: 'text/html' },
      requests: [
        {
          name: 'get',
          path: '/ä b/{{token}}',
          headers: { 'X-Token': '{{token}}' },
          extract: { token: { cookie: 'c' } },
        },
        { name: 'form', method: 'POST', path: '/', form: { t: '{{token}}' } },
        { name: 'json', method: 'POST', path: '/', json: { a: ['{{token}}', 1, null], n: '{{int 3 3}}' } },
      ],
    });
    const values = new Map([['token', 'a"&b c']]);
    const [get, form, json] = choices.map(({ action }) => (action.type === 'request' ? action.request : undefined));
    const random = randomStream(1);
    expect(get?.path.fill(random, values, encodeURIComponent)).toBe('/%C3%A4%20b/a%22%26b%20c');
    expect(get?.headers.map(({ name, value }) => `${name}: ${value.fill(random, values)}`)).toEqual([
      'accept: text/html',
      'user-agent: insights-comparison',
      'x-token: a"&b c',
    ]);
    expect(form?.body?.(random, values).toString()).toBe('t=a%22%26b+c');
    expect(json?.body?.(random, values).toString()).toBe('{"a":["a\\"&b c",1,null],"n":"3"}');
  });

  test('statuses 200–399 are expected unless it says otherwise', () => {
    const { choices } = compiled({ requests: [home, { name: 'error', path: '/e', expect: [500] }] });
    const [plain, error] = choices.map(({ action }) => (action.type === 'request' ? action.request : undefined));
    expect([199, 200, 302, 399, 400].map((status) => plain?.isExpected(status))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([200, 500].map((status) => error?.isExpected(status))).toEqual([false, true]);
  });

  const mistakes: readonly (readonly [string, BehaviourInput, RegExp])[] = [
    [
      'an unknown name in from',
      { requests: [home, { name: 'b', pick: [1, 2], from: ['hom'] }] },
      /action "b", from: there is no action called "hom"/,
    ],
    [
      'an unknown name in steps',
      { requests: [home, { name: 'b', steps: ['hom'] }] },
      /action "b", steps: there is no action called "hom"/,
    ],
    [
      'a loop',
      {
        requests: [
          { name: 'a', steps: ['b'] },
          { name: 'b', pick: [1, 1], from: ['a'] },
        ],
      },
      /a → b → a/,
    ],
    ['two of one name', { requests: [home, home] }, /two actions are called "home"/],
    ['no weight at all', { requests: [{ weight: 0, ...home }] }, /weight 0/],
    ['a range turned round', { waitSeconds: [3, 1], requests: [home] }, /waitSeconds: \[3, 1\]/],
    ['a repeat turned round', { requests: [{ ...home, repeat: [3, 1] }] }, /action "home", repeat/],
    [
      'a value that nobody extracts',
      { requests: [{ name: 'a', path: '/{{id}}' }] },
      /action "a": no request extracts \{\{id\}\}/,
    ],
    ['two bodies', { requests: [{ ...home, json: 1, body: 'x' }] }, /json and body/],
    [
      'a header of ours',
      { requests: [{ ...home, headers: { 'X-Request-Id': 'me' } }] },
      /X-Request-Id is set by the load generator/,
    ],
    ['a header that is none', { requests: [{ ...home, headers: { 'a b': 'x' } }] }, /"a b" is not a valid HTTP header/],
    [
      'a bad template in JSON',
      { requests: [{ ...home, json: { a: '{{int x 1}}' } }] },
      /action "home", json: \{\{int x 1\}\}/,
    ],
  ];
  test.each(mistakes)('%s is refused, with behaviour and place', (_mistake, input, message) => {
    expect(() => compiled(input)).toThrow(UserError);
    expect(() => compiled(input)).toThrow(message);
    expect(() => compiled(input)).toThrow(/Behaviour "shop"/);
  });
});
