import { describe, expect, test } from 'vitest';
import { isSendable, requestHead, type WireRequest } from './wireRequest';

const plain: WireRequest = { method: 'GET', path: '/a?b=1', headers: ['accept', '*/*'], body: null };

describe('request', () => {
  test('has a length only where it has a body, or where one is expected', () => {
    const start = (method: string): string =>
      `${method} /a?b=1 HTTP/1.1\r\nhost: h:1\r\nconnection: keep-alive\r\naccept: */*\r\n`;
    expect(requestHead(plain, 'h:1')).toBe(`${start('GET')}\r\n`);
    expect(requestHead({ ...plain, method: 'POST' }, 'h:1')).toBe(`${start('POST')}content-length: 0\r\n\r\n`);
    expect(requestHead({ ...plain, method: 'DELETE', body: Buffer.from('ä') }, 'h:1')).toBe(
      `${start('DELETE')}content-length: 2\r\n\r\n`,
    );
  });

  test('is not sent with what would end a line, or what has no byte of its own', () => {
    expect(isSendable(plain)).toBe(true);
    expect(isSendable({ ...plain, headers: ['x', 'tab\tand \xe4'] })).toBe(true);
    for (const text of ['a\nb', 'a\rb', 'a\0b', '€']) {
      expect(isSendable({ ...plain, headers: ['x', text] })).toBe(false);
      expect(isSendable({ ...plain, path: `/${text}` })).toBe(false);
    }
    expect(isSendable({ ...plain, path: '/a b' })).toBe(false);
  });
});
