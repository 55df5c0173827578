import { request as httpRequest } from 'node:http';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { AnswerParser, type AnswerHeaders, type Progress } from './answerParser';
import { startRawServer, type TestServer } from './startTestServer';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Read {
  readonly progress: Progress;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string;
  readonly keepsOpen: boolean;
}

/** What becomes of these pieces; `ends`: the connection is closed after them. */
function read(pieces: readonly (string | Buffer)[], change: { isHead?: boolean; ends?: boolean } = {}): Read {
  const parser = new AnswerParser();
  parser.begin({ isHead: change.isHead ?? false, readsBody: true });
  let progress: Progress = 'incomplete';
  // One buffer for all of them, as a socket's: what is kept of it must be a copy.
  const buffer = Buffer.alloc(65_536);
  for (const piece of pieces) {
    const length = Buffer.from(piece).copy(buffer);
    progress = parser.push(buffer.subarray(0, length));
  }
  if (change.ends === true) progress = parser.end();
  const { status, headers, keepsOpen } = parser;
  return { progress, status, headers, body: parser.body(), keepsOpen };
}

const answers: Readonly<Record<string, string>> = {
  length: 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello',
  empty: 'HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n',
  noReason: 'HTTP/1.1 404\r\nContent-Length: 2\r\n\r\nno',
  chunks: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;note=x\r\nhello\r\n1\r\n!\r\n0\r\nDigest: x\r\n\r\n',
  interim:
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  cookies:
    'HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nSet-Cookie:c=3\r\nContent-Length: 0\r\n\r\n',
  close: 'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nok',
  kept: 'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok',
  old: 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
  noContent: 'HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n',
  notModified: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n',
};

const garbage: Readonly<Record<string, string>> = {
  'another protocol': 'SSH-2.0-OpenSSH_9.2\r\n',
  'another HTTP': 'HTTP/2 200\r\n',
  'a status of four digits': 'HTTP/1.1 2000 OK\r\n',
  'a switch of protocols': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
  'a header without a colon': 'HTTP/1.1 200 OK\r\nno colon\r\n',
  'a blank in a name': 'HTTP/1.1 200 OK\r\nX A: 1\r\n',
  'a folded line with nothing before it': 'HTTP/1.1 200 OK\r\n folded: first\r\n',
  'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
  'a negative length': 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  'a hexadecimal length': 'HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n',
  'a chunk without a size': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'a chunk longer than its size': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
  'an endless line': `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(66_000)}`,
  'endless headers': `HTTP/1.1 200 OK\r\n${'X: 1\r\n'.repeat(1001)}`,
};

describe('answer', () => {
  test.each(Object.keys(answers))('%s: the same in whatever pieces it comes', (name) => {
    const text = answers[name] ?? '';
    const whole = read([text]);
    expect(whole.progress).toBe('complete');
    expect(read(Array.from(text))).toEqual(whole);
    for (let cut = 1; cut < text.length; cut += 1) {
      expect(read([text.slice(0, cut)]).progress).toBe('incomplete');
      expect(read([text.slice(0, cut), text.slice(cut)])).toEqual(whole);
    }
  });

  test('ends where its head says', () => {
    const of = (name: string): unknown[] => {
      const { status, body, keepsOpen } = read([answers[name] ?? '']);
      return [status, body, keepsOpen];
    };
    expect(of('length')).toEqual([200, 'hello', true]);
    expect(of('chunks')).toEqual([200, 'hello!', true]);
    expect(of('interim')).toEqual([200, 'ok', true]);
    expect(of('close')).toEqual([200, 'ok', false]);
    expect(of('kept')).toEqual([200, 'ok', true]);
    expect(of('old')).toEqual([200, 'ok', false]);
    expect(of('notModified')).toEqual([304, '', true]);
    expect(read(['HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok']).body).toBe('ok');
    expect(read(['HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n'], { isHead: true }).progress).toBe('complete');
  });

  test('without a length it ends with the connection, and only then', () => {
    const pieces = ['HTTP/1.1 200 OK\r\nServer: old\r\n\r\nthe ', 'rest'];
    expect(read(pieces).progress).toBe('incomplete');
    expect(read(pieces, { ends: true })).toMatchObject({ progress: 'complete', body: 'the rest', keepsOpen: false });
    expect(read([(answers['length'] ?? '').slice(0, -1)], { ends: true }).progress).toBe('incomplete');
    expect(read(['HTTP/1.1 200 OK\r\nServer'], { ends: true }).progress).toBe('incomplete');
  });

  test('headers have lower-case names; one that comes again is a list; a folded one is one line', () => {
    expect(read([answers['cookies'] ?? '']).headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2', 'c=3']);
    const folded = 'HTTP/1.1 200 OK\r\nX-A:  one\r\n\t two \r\nX-B: \r\nContent-Length: 0\r\n\r\n';
    expect(read([folded]).headers).toEqual({ 'x-a': 'one two', 'x-b': '', 'content-length': '0' });
    expect(read(['HTTP/1.1 200 OK\nX-A: \xe4\nContent-Length: 0\n\n']).progress).toBe('complete');
  });

  test('more than was asked for is left alone, and the connection is of no more use', () => {
    const answer = answers['length'] ?? '';
    expect(read([`${answer}${answer}`])).toMatchObject({ progress: 'complete', body: 'hello', keepsOpen: false });
  });

  test.each(Object.entries(garbage))('garbage is found out: %s', (_name, text) => {
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 60_000) }, (_, index) =>
      bytes.subarray(index * 60_000, (index + 1) * 60_000),
    );
    expect(read(pieces).progress).toBe('malformed');
  });

  test('any bytes at all neither throw nor hang', () => {
    const anyText = fc.array(
      fc.constantFrom(
        'HTTP/1.1 200 OK',
        '\r\n',
        '\r\n\r\n',
        'Content-Length: 3',
        'Transfer-Encoding: chunked',
        '3',
        'abc',
        ':',
        '\0',
      ),
    );
    fc.assert(
      fc.property(anyText, fc.boolean(), (texts, ends) => {
        const { progress } = read(texts, { ends });
        return progress === 'complete' || progress === 'incomplete' || progress === 'malformed';
      }),
    );
  });

  test('is what node:http makes of the same bytes', async () => {
    for (const text of Object.values(answers)) {
      const server = await startRawServer((socket) => socket.end(text));
      servers.push(server);
      const theirs = await new Promise((resolve, reject) => {
        httpRequest(server.origin, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode, body, headers: distinct(response.rawHeaders) }),
          );
        })
          .on('error', reject)
          .end();
      });
      const { status, body, headers } = read([text], { ends: true });
      expect({ status, body, headers: Object.fromEntries(Object.entries(headers).map(asList)) }).toEqual(theirs);
    }
  });
});

function asList([name, value]: [string, string | string[] | undefined]): [string, readonly string[]] {
  return [name, Array.isArray(value) ? value : [value ?? '']];
}

/** Names and values in turn, as lists by name. */
function distinct(raw: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2)
    (headers[(raw[index] ?? '').toLowerCase()] ??= []).push(raw[index + 1] ?? '');
  return headers;
}
