import { describe, expect, test } from 'vitest';
import { createCookieJar } from './cookieJar';

describe('cookie jar', () => {
  test('a cookie goes back to the path it was set for, and below it', () => {
    const jar = createCookieJar('127.0.0.1');
    jar.store(['id=1; Path=/shop; HttpOnly', 'all=2; Path=/'], '/');
    expect(jar.header('/shop/cart?x=1')).toBe('id=1; all=2');
    expect(jar.header('/shop')).toBe('id=1; all=2');
    expect(jar.header('/shopping')).toBe('all=2');
  });

  test('without a path it belongs to the folder of the request', () => {
    const jar = createCookieJar('127.0.0.1');
    jar.store(['a=1'], '/login/form?next=/x');
    expect([jar.header('/login/other'), jar.header('/login'), jar.header('/')]).toEqual(['a=1', 'a=1', '']);
  });

  test('the same name and path replaces it, and a value may hold "="', () => {
    const jar = createCookieJar('127.0.0.1');
    jar.store(['a=1; Path=/'], '/');
    jar.store(['a=b=c=; Path=/'], '/');
    expect([jar.header('/'), jar.value('a')]).toEqual(['a=b=c=', 'b=c=']);
  });

  test.each(['a=; Max-Age=0; Path=/', 'a=; Max-Age=-1; Path=/', 'a=; expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/'])(
    '%s deletes it',
    (deletion) => {
      const jar = createCookieJar('127.0.0.1');
      jar.store(['a=1; Path=/'], '/');
      jar.store([deletion], '/');
      expect([jar.header('/'), jar.value('a')]).toEqual(['', undefined]);
    },
  );

  test('it expires when its time is up, Max-Age before Expires', () => {
    let nowMs = Date.UTC(2026, 0, 1);
    const jar = createCookieJar('127.0.0.1', () => nowMs);
    jar.store(['a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/'], '/');
    expect(jar.header('/')).toBe('a=1');
    nowMs += 10_000;
    expect(jar.header('/')).toBe('');
  });

  test('a cookie for another domain is refused', () => {
    const jar = createCookieJar('app.example.org');
    jar.store(['own=1; Domain=.example.org; Path=/', 'other=1; Domain=example.com; Path=/'], '/');
    expect(jar.header('/')).toBe('own=1');
  });
});
