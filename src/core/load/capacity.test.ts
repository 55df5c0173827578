import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { requestSchema, type RequestSpec } from '../../shared/behaviour';
import { decodeLatency, latencyPercentileMs } from '../../shared/latencyHistogram';
import type { CapacityJob, LoadResult } from './loadJob';
import { runJob } from './runJob';
import { closedPort, startRawServer, startTestServer, type TestServer } from './startTestServer';

// The contract with autocannon 9.0.0, whose private members hardenClient.ts replaces: all against real servers.

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function keep(server: TestServer): TestServer {
  servers.push(server);
  return server;
}

const get = (name: string, change: Partial<RequestSpec> = {}): RequestSpec =>
  requestSchema.parse({ name, path: `/${name}`, ...change });

function run(
  origin: string,
  change: Partial<CapacityJob> = {},
  signal = new AbortController().signal,
): Promise<LoadResult> {
  const times = { warmupSeconds: 0.2, durationSeconds: 0.8, timeoutSeconds: 2 };
  const requests = [get('fast'), get('slow')];
  const job: CapacityJob = {
    kind: 'capacity',
    origin,
    requestIdPrefix: 'c',
    connections: 4,
    requests,
    headers: {},
    seed: 1,
    block: 0,
    ...times,
    ...change,
  };
  return runJob(job, { signal, onReply: () => undefined });
}

const p50Ms = (result: LoadResult, name: string): number =>
  latencyPercentileMs(decodeLatency(result.latency[name] ?? ''), 50) ?? NaN;
const idOf = (head: string): number => Number(/x-request-id: c-(\d+)/i.exec(head)?.[1]);

/** Each endpoint has its own delay: an answer that is paired with the wrong request shows. */
function expectRightPairs(result: LoadResult): void {
  expect(result.failures).toBe(0);
  expect(result.requests).toBeGreaterThan(10);
  expect(p50Ms(result, 'slow')).toBeGreaterThan(38);
  expect(p50Ms(result, 'fast')).toBeLessThan(35);
  const { fast, slow } = result.endpoints;
  expect((fast?.requests ?? 0) + (slow?.requests ?? 0)).toBe(result.requests);
  expect(result.requestIds.unanswered).toEqual([]);
}

describe('capacity', () => {
  test('keep-alive: answers belong to their requests, ids are unique and without a gap', async () => {
    const ids: number[] = [];
    const server = keep(
      await startTestServer((request, response) => {
        ids.push(Number(String(request.headers['x-request-id']).slice(2)));
        setTimeout(() => response.end('ok'), request.url === '/slow' ? 40 : 0);
      }),
    );
    const result = await run(server.origin);
    expectRightPairs(result);
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: result.requestIds.sent }, (_, index) => index));
    expect([server.connections(), result.reconnects]).toEqual([4, 0]);
    expect(result.achievedRate).toBe(result.intendedRate);
  });

  test('“Connection: close” on every answer: a connection for each request, and the right pairs', async () => {
    const server = keep(
      await startTestServer((request, response) => {
        response.setHeader('Connection', 'close');
        setTimeout(() => response.end('ok'), request.url === '/slow' ? 40 : 0);
      }),
    );
    const result = await run(server.origin);
    expectRightPairs(result);
    expect(server.connections()).toBe(result.requestIds.sent);
    expect(result.retries).toBe(0);
  });

  test('HTTP/1.0 answers that end with the connection', async () => {
    const server = keep(
      await startRawServer((socket, head) => {
        setTimeout(
          () => {
            socket.write('HTTP/1.0 200 OK\r\nServer: old\r\n\r\nthe ');
            setImmediate(() => socket.end('rest'));
          },
          head.startsWith('GET /slow') ? 40 : 0,
        );
      }),
    );
    expectRightPairs(await run(server.origin));
  });

  test('a kept connection that is reset before an answer is retried once, under the same id', async () => {
    const seen = new Map<number, number>();
    const server = keep(
      await startRawServer((socket, head, number) => {
        const id = idOf(head);
        seen.set(id, (seen.get(id) ?? 0) + 1);
        if (number === 5) socket.resetAndDestroy();
        else setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), 5);
      }),
    );
    const result = await run(server.origin);
    expect([result.failures, result.requestIds.unanswered]).toEqual([0, []]);
    expect(result.retries).toBeGreaterThan(5);
    expect(new Set(seen.values())).toEqual(new Set([1, 2]));
  });

  test('a reset in the middle of an answer is a failure, and the loop goes on', async () => {
    const server = keep(
      await startRawServer((socket, head) => {
        if (idOf(head) % 5 !== 0) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.write('HTTP/1.1 200 OK\r\nContent-', () => setTimeout(() => socket.resetAndDestroy(), 5));
      }),
    );
    const result = await run(server.origin);
    const reasons = Object.keys({
      ...result.endpoints['fast']?.failureReasons,
      ...result.endpoints['slow']?.failureReasons,
    });
    // The kernel now and then tells of a reset as of an end.
    expect(reasons).toContain('connection reset');
    expect(reasons.filter((reason) => reason !== 'connection reset' && reason !== 'connection closed')).toEqual([]);
    expect(result.requests).toBeGreaterThan(result.failures * 2);
    expect(result.requestIds.unanswered.every((id) => id % 5 === 0)).toBe(true);
  });

  test('a request that is never answered times out, and the others go on', async () => {
    const server = keep(
      await startTestServer((request, response) => {
        if (request.url !== '/never') setTimeout(() => response.end('ok'), 2);
      }),
    );
    const result = await run(server.origin, {
      requests: [...Array.from({ length: 20 }, () => get('fast')), get('never')],
      timeoutSeconds: 0.2,
    });
    expect(result.endpoints['never']?.failureReasons).toEqual({ 'timed out': result.endpoints['never']?.requests });
    expect(result.endpoints['never']?.requests).toBeGreaterThan(1);
    expect([result.endpoints['fast']?.failures, p50Ms(result, 'fast') < 50]).toEqual([0, true]);
  });

  test('a target that is not there: few attempts, a quick end, every request a failure', async () => {
    const startMs = performance.now();
    const result = await run(`http://127.0.0.1:${await closedPort()}`, { warmupSeconds: 0, durationSeconds: 30 });
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(result.requests).toBe(result.failures);
    expect(result.endpoints['fast']?.failureReasons).toEqual({
      'connection refused': result.endpoints['fast']?.requests,
    });
    expect(result.requestIds.sent).toBeLessThanOrEqual(4 * 8);
    expect(result.requestIds.unanswered).toHaveLength(result.requestIds.sent);
  });

  test('a target that goes away in the middle is asked again with growing pauses, not in a storm', async () => {
    let served = 0;
    const server = keep(
      await startTestServer((_request, response) => {
        served += 1;
        response.end('ok');
        if (served === 100) void server.close();
      }),
    );
    const result = await run(server.origin, { warmupSeconds: 0, durationSeconds: 1.5 });
    expect(result.durationSeconds).toBeGreaterThan(1.4);
    expect(result.requestIds.sent).toBeGreaterThanOrEqual(100);
    // 20, 40, 80, … ms: at most 7 attempts of each connection in 1.5 s.
    expect(result.requestIds.sent).toBeLessThan(104 + 4 * 8);
  });

  test('an answer that nobody asked for is neither counted nor a crash', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    const server = keep(
      await startRawServer((socket, head) =>
        setTimeout(() => socket.write(answer + answer), head.startsWith('GET /slow') ? 40 : 0),
      ),
    );
    expectRightPairs(await run(server.origin));
  });

  test('interim answers (103) and chunked bodies in pieces are one answer', async () => {
    const pieces = [
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-',
      'Encoding: chunked\r\n\r\n2\r\nok\r',
      '\n0\r\n\r\n',
    ];
    const server = keep(
      await startRawServer((socket: Socket, head) => {
        const write = (index: number): void => {
          socket.write(pieces[index] ?? '', () => {
            if (index + 1 < pieces.length) setImmediate(() => write(index + 1));
          });
        };
        setTimeout(() => write(0), head.startsWith('GET /slow') ? 40 : 0);
      }),
    );
    const result = await run(server.origin);
    expectRightPairs(result);
    expect(result.reconnects).toBe(0);
  });

  test('a GET after a POST carries no stale length; HEAD answers have no body; templates are filled in', async () => {
    const seen: string[] = [];
    const server = keep(
      await startTestServer((request, response, body) => {
        seen.push(
          `${request.method} ${request.headers['content-length'] ?? '-'} ${body} ${String(request.headers['x-from'])}`,
        );
        setTimeout(() => response.setHeader('Content-Length', 2).end('ok'), 2);
      }),
    );
    const requests = [
      get('post', { method: 'POST', json: { n: '{{int 10 99}}' } }),
      get('get'),
      get('head', { method: 'HEAD' }),
    ];
    const result = await run(server.origin, { requests, headers: { 'X-From': 'us' } });
    expect(result.failures).toBe(0);
    expect(result.requests).toBeGreaterThan(30);
    for (const pattern of [/^POST 10 \{"n":"\d\d"\} us$/, /^GET - {2}us$/, /^HEAD - {2}us$/]) {
      expect(Math.abs(seen.filter((line) => pattern.test(line)).length - seen.length / 3)).toBeLessThan(3);
    }
  });

  test('statuses that are not expected are failures, with the first of their bodies', async () => {
    const server = keep(
      await startTestServer((request, response) => {
        response.statusCode = request.url === '/slow' ? 500 : 404;
        response.end(`no ${request.url ?? ''}`);
      }),
    );
    const result = await run(server.origin, { requests: [get('fast', { expect: [404] }), get('slow')] });
    const { fast, slow } = result.endpoints;
    expect([fast?.failures, slow?.failureReasons]).toEqual([0, { 'HTTP 500': slow?.requests }]);
    expect(result.failureSamples[0]).toEqual({ endpoint: 'slow', reason: 'HTTP 500', body: 'no /slow' });
    expect(Object.keys(result.latency)).toEqual(['fast']);
  });

  test.each([
    ['garbage', 'malformed answer', (socket: Socket) => socket.write('HELLO\r\n')],
    ['a close without an answer', 'connection closed', (socket: Socket) => socket.end()],
  ])('%s for every fifth request: those fail, the others have their true latency', async (_name, reason, misbehave) => {
    const server = keep(
      await startRawServer((socket, head, number) => {
        // Not on a kept connection, where a close before the first byte is nothing to speak of.
        if (idOf(head) % 5 === 0 && number === 1) misbehave(socket);
        else setTimeout(() => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'), 20);
      }),
    );
    const result = await run(server.origin);
    const reasons = Object.keys({
      ...result.endpoints['fast']?.failureReasons,
      ...result.endpoints['slow']?.failureReasons,
    });
    expect(reasons).toEqual([reason]);
    expect(result.failures).toBeGreaterThan(2);
    expect(result.requests).toBeGreaterThan(result.failures * 2);
    expect(result.requestIds.unanswered.every((id) => id % 5 === 0)).toBe(true);
    expect(p50Ms(result, 'fast')).toBeGreaterThan(18);
    expect(p50Ms(result, 'fast')).toBeLessThan(40);
  });

  test('a server that closes after some answers without a word: new connections, the right pairs, no failure', async () => {
    const server = keep(
      await startRawServer((socket, head, number) => {
        const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
        setTimeout(
          () => (number === 3 ? socket.end(answer) : socket.write(answer)),
          head.startsWith('GET /slow') ? 40 : 0,
        );
      }),
    );
    const result = await run(server.origin);
    expectRightPairs(result);
    expect(result.reconnects).toBeGreaterThan(4);
  });

  test('HTTP/1.0 with keep-alive keeps its connections', async () => {
    const server = keep(
      await startRawServer((socket, head) =>
        setTimeout(
          () => socket.write('HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok'),
          head.startsWith('GET /slow') ? 40 : 0,
        ),
      ),
    );
    expectRightPairs(await run(server.origin));
    expect(server.connections()).toBe(4);
  });

  test('a server that speaks before it is asked is neither counted nor a crash', async () => {
    const server = keep(
      await startTestServer(
        (request, response) => setTimeout(() => response.end('ok'), request.url === '/slow' ? 40 : 0),
        (http) => {
          let connections = 0;
          http.on('connection', (socket: Socket) => {
            connections += 1;
            if (connections % 2 === 0) socket.end('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n');
          });
        },
      ),
    );
    const result = await run(server.origin);
    // Whether it comes before or after the request was written cannot be told: it is an answer, or it is nothing.
    expect(result.requests - result.failures).toBeGreaterThan(10);
    expect(p50Ms(result, 'slow')).toBeGreaterThan(38);
    expect(p50Ms(result, 'fast')).toBeLessThan(35);
  });

  test('a server that stalls as a whole: nothing hangs, nothing fails, each latency is what its request waited', async () => {
    const startMs = performance.now();
    const server = keep(
      await startTestServer((_request, response) => {
        const phaseMs = (performance.now() - startMs) % 500;
        setTimeout(() => response.end('ok'), phaseMs < 250 ? 250 - phaseMs : 5);
      }),
    );
    const result = await run(server.origin, { durationSeconds: 1.5, requests: [get('fast')] });
    expect([result.failures, result.requestIds.unanswered]).toEqual([0, []]);
    expect(p50Ms(result, 'fast')).toBeLessThan(40);
    const latency = decodeLatency(result.latency['fast'] ?? '');
    expect(latencyPercentileMs(latency, 100)).toBeGreaterThan(200);
    expect(latencyPercentileMs(latency, 100)).toBeLessThan(450);
  });

  test('stopped early it ends at once, with what there is', async () => {
    const stop = new AbortController();
    let served = 0;
    const server = keep(
      await startTestServer((_request, response) => {
        served += 1;
        if (served === 100) stop.abort();
        response.end('ok');
      }),
    );
    const startMs = performance.now();
    const result = await run(server.origin, { warmupSeconds: 0, durationSeconds: 60 }, stop.signal);
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(result.requests).toBeGreaterThan(90);
    expect(result.durationSeconds).toBeGreaterThan(0);
  });

  test('a request that needs an extracted value is refused', async () => {
    await expect(run('http://127.0.0.1:1', { requests: [get('item', { path: '/{{id}}' })] })).rejects.toThrow(
      'Capacity, request "item" needs {{id}}, but capacity requests stand alone.',
    );
  });
});
