import { afterEach, describe, expect, test } from 'vitest';
import { HttpConnection, type Answer } from './httpConnection';
import { closedPort, startRawServer, startTestServer, type TestServer } from './startTestServer';
import type { WireRequest } from './wireRequest';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function keep<T extends { close(): void | Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}

interface Counted {
  readonly connection: HttpConnection;
  readonly retries: () => number;
  readonly reconnects: () => number;
  readonly send: (change?: Partial<WireRequest>) => Promise<Answer>;
}

function connectTo(origin: string, timeoutMs = 2000): Counted {
  const counts = { retries: 0, reconnects: 0 };
  const connection = keep(
    new HttpConnection({
      origin,
      timeoutMs,
      onRetry: () => (counts.retries += 1),
      onReconnect: () => (counts.reconnects += 1),
    }),
  );
  const send = (change: Partial<WireRequest> = {}): Promise<Answer> =>
    new Promise((resolve) => {
      connection.send(
        { method: 'GET', path: '/', headers: ['x-request-id', 'p-0'], body: null, ...change },
        true,
        resolve,
      );
    });
  return { connection, send, retries: () => counts.retries, reconnects: () => counts.reconnects };
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('connection', () => {
  test('is kept open, and its bytes are those on the wire', async () => {
    const heads: string[] = [];
    const server = keep(
      await startRawServer((socket, head) => {
        heads.push(head);
        socket.write(ok);
      }),
    );
    const { send } = connectTo(server.origin);
    const first = await send();
    const second = await send({ method: 'POST', headers: ['content-type', 'text/plain'], body: Buffer.from('hello') });
    expect([first.status, first.body, first.failure, server.connections()]).toEqual([200, 'ok', null, 1]);
    expect([first.bytesIn, second.bytesIn]).toEqual([ok.length, ok.length]);
    expect([first.bytesOut, second.bytesOut]).toEqual(heads.map(({ length }) => length));
  });

  test('closed before the first byte of an answer on a kept connection: sent once more on a new one', async () => {
    const heads: string[] = [];
    const server: TestServer = keep(
      await startRawServer((socket, head, number) => {
        heads.push(head);
        if (number === 1) socket.write(ok);
        else socket.destroy();
      }),
    );
    const { send, retries, reconnects } = connectTo(server.origin);
    await send();
    const second = await send({ headers: ['x-request-id', 'p-1'] });
    expect([second.status, second.failure, retries(), reconnects()]).toEqual([200, null, 1, 1]);
    expect(heads.map((head) => /p-\d/.exec(head)?.[0])).toEqual(['p-0', 'p-1', 'p-1']);
    expect(second.bytesOut).toBe((heads[1]?.length ?? 0) + (heads[2]?.length ?? 0));
  });

  test('closed before the first byte on a new connection: a failure, not a retry', async () => {
    const server = keep(await startRawServer((socket) => socket.destroy()));
    const { send, retries } = connectTo(server.origin);
    expect((await send()).failure).toBe('connection closed');
    expect(retries()).toBe(0);
  });

  test('closed in the middle of an answer: a failure, not a retry', async () => {
    const server = keep(
      await startRawServer((socket, _head, number) => {
        if (number === 1) socket.write(ok);
        else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf');
      }),
    );
    const { send, retries } = connectTo(server.origin);
    await send();
    const second = await send();
    expect([second.failure, second.body, retries()]).toEqual(['connection closed', 'half', 0]);
  });

  test('a reset and a port where nobody listens have their names', async () => {
    const server = keep(await startRawServer((socket) => socket.resetAndDestroy()));
    expect((await connectTo(server.origin).send()).failure).toBe('connection reset');
    expect((await connectTo(`http://127.0.0.1:${await closedPort()}`).send()).failure).toBe('connection refused');
  });

  test('an answer that does not come in time is given up, and the next request has a new connection', async () => {
    const server = keep(
      await startRawServer((socket, head) => {
        if (head.includes('/quick')) socket.write(ok);
      }),
    );
    const { send, reconnects } = connectTo(server.origin, 50);
    expect((await send()).failure).toBe('timed out');
    expect([(await send({ path: '/quick' })).status, reconnects()]).toEqual([200, 1]);
  });

  test('a body that trickles past the limit is given up too', async () => {
    const server = keep(
      await startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf')),
    );
    const answer = await connectTo(server.origin, 300).send();
    expect([answer.failure, answer.status, answer.body]).toEqual(['timed out', 0, 'half']);
  });

  test('an answer that ends with the connection is complete, and the next request has a new one', async () => {
    const server = keep(
      await startRawServer((socket) => {
        socket.write('HTTP/1.0 200 OK\r\nServer: old\r\n\r\nthe ');
        setImmediate(() => socket.end('rest'));
      }),
    );
    const { send, retries, reconnects } = connectTo(server.origin);
    const bodies = [(await send()).body, (await send()).body];
    expect([bodies, server.connections(), reconnects(), retries()]).toEqual([['the rest', 'the rest'], 2, 1, 0]);
  });

  test.each([
    ['Connection: close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    ['more bytes than were asked for', `${ok}${ok}`],
  ])('%s: the next request has a new connection', async (_name, answer) => {
    const server = keep(await startRawServer((socket) => socket.write(answer)));
    const { send, reconnects } = connectTo(server.origin);
    const statuses = [(await send()).status, (await send()).status, (await send()).status];
    expect([statuses, server.connections(), reconnects()]).toEqual([[200, 200, 200], 3, 2]);
  });

  test('HEAD has no body, an interim answer is none, chunks are put together', async () => {
    const server = keep(
      await startRawServer((socket, head) => {
        if (head.startsWith('HEAD')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n');
        else {
          socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-');
          setImmediate(() => socket.write('Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'));
        }
      }),
    );
    const { send } = connectTo(server.origin);
    expect((await send({ method: 'HEAD' })).status).toBe(200);
    expect(await send()).toMatchObject({ status: 200, body: 'ok', failure: null });
    expect(server.connections()).toBe(1);
  });

  test('garbage is a failure of that request, and the next one has a new connection', async () => {
    const server = keep(await startRawServer((socket, head) => socket.write(head.includes('/bad') ? 'HELLO\r\n' : ok)));
    const { send } = connectTo(server.origin);
    expect(await send({ path: '/bad' })).toMatchObject({ status: 0, failure: 'malformed answer' });
    expect([(await send()).failure, server.connections()]).toEqual([null, 2]);
  });

  test('bytes that come while nobody asks end the connection, not the process', async () => {
    const server = keep(
      await startRawServer((socket, _head, number) => {
        socket.write(ok, () => {
          if (number === 1) setTimeout(() => socket.write(ok), 5);
        });
      }),
    );
    const { send, reconnects } = connectTo(server.origin);
    await send();
    await server.allClosed();
    expect([(await send()).status, reconnects()]).toEqual([200, 1]);
  });

  test('a server that names its idle limit is spared the race', async () => {
    const limited = 'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0, max=9\r\nContent-Length: 2\r\n\r\nok';
    const server = keep(await startRawServer((socket) => socket.write(limited)));
    const { send, retries, reconnects } = connectTo(server.origin);
    await send();
    await send();
    expect([server.connections(), reconnects(), retries()]).toEqual([2, 1, 0]);
  });

  test('the time for a new connection belongs to the latency of the request that needs it', async () => {
    const server = keep(
      await startRawServer((socket, _head, number) => {
        if (number === 1) socket.write(ok);
        else setTimeout(() => socket.destroy(), 60);
      }),
    );
    const { send, retries } = connectTo(server.origin);
    await send();
    const startMs = performance.now();
    const { endedAtMs, failure } = await send();
    expect([failure, retries()]).toEqual([null, 1]);
    expect(endedAtMs - startMs).toBeGreaterThan(55);
  });

  test('a header that HTTP cannot carry is a failure of that request alone', async () => {
    const server = keep(await startTestServer((_request, response) => response.end('ok')));
    const { send } = connectTo(server.origin);
    expect((await send({ headers: ['x-token', 'a\nb'] })).failure).toBe('invalid request');
    expect((await send()).status).toBe(200);
  });
});
