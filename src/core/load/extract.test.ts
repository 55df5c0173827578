import { describe, expect, test } from 'vitest';
import { createCookieJar } from './cookieJar';
import { compileExtractions } from './extract';

function extracted(spec: Parameters<typeof compileExtractions>[0], body: string): (string | undefined)[] {
  const cookies = createCookieJar('127.0.0.1');
  cookies.store(['csrftoken=abc; Path=/'], '/');
  const headers = { location: '/next/', 'x-many': ['a', 'b'] };
  return compileExtractions(spec, 'here').map((extraction) => extraction.read({ headers, body, cookies }));
}

describe('extraction', () => {
  test('reads a cookie, a header in any case, a JSON path and a group', () => {
    const body = '{"items":[{"id":7,"name":"x \\" y"}],"ok":true}';
    expect(extracted({ a: { cookie: 'csrftoken' }, b: { header: 'Location' }, c: { header: 'X-Many' } }, body)).toEqual(
      ['abc', '/next/', 'a, b'],
    );
    expect(extracted({ a: { json: 'items.0.id' }, b: { json: 'items.0.name' }, c: { json: 'ok' } }, body)).toEqual([
      '7',
      'x " y',
      'true',
    ]);
    expect(extracted({ a: { regex: 'value="([^"]+)"' } }, '<input value="t0k">')).toEqual(['t0k']);
  });

  test('what is not there is undefined, inherited names included', () => {
    expect(extracted({ a: { cookie: 'no' }, b: { json: 'x.y' }, c: { json: 'constructor' } }, '{"x":null}')).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(extracted({ a: { json: 'x' }, b: { regex: '(z)' } }, 'not json')).toEqual([undefined, undefined]);
  });

  test('a regex that is broken or has no group is refused', () => {
    expect(() => compileExtractions({ token: { regex: '(' } }, 'Behaviour "shop"')).toThrow(
      /Behaviour "shop".*"token" is not valid/,
    );
    expect(() => compileExtractions({ token: { regex: 'abc' } }, 'here')).toThrow(/no group/);
    expect(() => compileExtractions({ int: { cookie: 'a' } }, 'here')).toThrow(/"int" cannot be the name/);
  });
});
