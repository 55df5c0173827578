import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviourSchema, type BehaviourInput } from '../../shared/behaviour';
import { builtinBehaviours } from '../../shared/builtins';
import { locustFile, type LocustFileOptions } from './locustFile';
import { pythonIdentifier, pythonTemplate, pythonText } from './pythonText';

function fileOf(input: BehaviourInput, change: Partial<LocustFileOptions> = {}): string {
  return locustFile({
    behaviourName: 'Shop users',
    behaviour: behaviourSchema.parse(input),
    load: { type: 'users', users: 10, spawnRatePerSecond: 2 },
    durationSeconds: 120,
    origin: 'http://127.0.0.1:8000',
    ...change,
  });
}

/** Throws when Python cannot compile it. */
function compile(source: string): void {
  execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: source });
}

const everything: BehaviourInput = {
  waitSeconds: [0, 0.5],
  headers: { 'Accept-Language': '{{pick de en}}' },
  onStart: [{ path: '/login', extract: { token: { cookie: 'csrf' } } }],
  requests: [
    { weight: 0.5, name: 'GET /', path: '/' },
    { weight: 2, name: 'get', path: '/a b?x={{int -5 5}}&y={{token}}', repeat: [1, 3], expect: [200, 404] },
    { weight: 0, name: '"""; import os', method: 'POST', path: '/f', form: { a: "it's {{pick x y}}" } },
    { weight: 1, name: 'class', method: 'PUT', path: '/j', json: { a: [1, null, true, '{{token}}'] } },
    { weight: 1, name: 'burst', pick: [2, 4], from: ['GET /', 'class'] },
    {
      weight: 1,
      name: 'buy',
      steps: [
        'GET /',
        {
          name: 'cart',
          path: '/cart',
          extract: { id: { json: 'items.0.id' }, at: { header: 'Location' }, n: { regex: '"n": (\\d+)' } },
        },
        { name: 'pay', method: 'POST', path: '/pay/{{id}}', body: 'x\n' },
      ],
    },
  ],
};

describe('a behaviour as a Locust file', () => {
  test.each(Object.entries(builtinBehaviours))('%s is Python, with its weights and waits', (name, behaviour) => {
    const source = fileOf(behaviour, { behaviourName: name });
    compile(source);
    expect(source).toContain(`class ${name}(BehaviourUser):`);
    for (const { weight } of behaviourSchema.parse(behaviour).requests)
      if (weight > 0) expect(source).toContain(`@task(${weight})`);
  });

  test('has every form of the vocabulary', () => {
    const source = fileOf(everything);
    compile(source);
    expect(source).toContain('@task(5)');
    expect(source).toContain('@task(20)');
    expect(source).toContain('wait_time = between(0, 0.5)');
    expect(source).toContain('"/a b?x=" + in_path(integer(-5, 5)) + "&y=" + in_path(self.value("token"))');
    expect(source).toContain('for _ in range(random.randint(1, 3)):');
    expect(source).toContain('random.choice([self.get, self.class_])()');
    expect(source).toContain('{"a": [1, None, True, self.value("token")]}');
    expect(source).toContain('with self.own_values():');
    expect(source).toContain('expect=(200, 404,)');
  });

  test('says of arrivals at a rate what they become', () => {
    const source = fileOf(everything, { load: { type: 'rate', ratePerSecond: 40, arrivals: 'even' } });
    compile(source);
    expect(source).toContain('wait_time = constant_throughput(1)');
    expect(source).toMatch(/40 users at a constant throughput/);
  });

  test('whatever the names and texts are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 4 }), text, (names, body) => {
        const requests = names.map((name) => ({ weight: 1, name, path: '/', method: 'POST' as const, body }));
        compile(fileOf({ requests }, { behaviourName: names[0] ?? '' }));
      }),
      { numRuns: 25 },
    );
  });
});

describe('texts in Python', () => {
  test('keep templates apart from what is around them', () => {
    expect(pythonTemplate('')).toBe('""');
    expect(pythonTemplate('{{pick a "b}}')).toBe('pick("a", "\\"b")');
    expect(pythonTemplate('x{{NAME}}')).toBe('"x" + self.value("NAME")');
    expect(pythonText('a\n"\\')).toBe('"a\\n\\"\\\\"');
  });

  test.each([
    ['GET /api/data/', 'GET_api_data'],
    ['class', 'class_'],
    ['send', 'send_'],
    ['1st', '_1st'],
    ['///', 'other'],
  ])('%s is the identifier %s', (name, identifier) => {
    expect(pythonIdentifier(name, 'other')).toBe(identifier);
  });
});
