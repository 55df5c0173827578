import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCollectorServer, type CollectorServer } from './collectorServer';

const event = '{"event_type":"flask.request","request_id":"run-0"}';

let server: CollectorServer;

beforeEach(async () => {
  server = await startCollectorServer(true);
  server.open('key', 'run');
});

afterEach(async () => {
  await server.setMode('refuse');
});

describe('a healthy collector', () => {
  test('answers events and notices with 201 and JSON, as Honeybadger does', async () => {
    expect(await post('/v1/events/', event)).toEqual({ status: 201, body: {} });
    expect(await post('/v1/events', event)).toEqual({ status: 201, body: {} });
    const notice = await post('/v1/notices/', '{"error":{}}');
    expect(notice).toEqual({ status: 201, body: { id: expect.stringMatching(/^[0-9a-f]{8}-/) } });
    expect(server.report('key')).toMatchObject({
      batches: 2,
      notices: 1,
      noticeBytes: 12,
      requestNumbers: [0],
      duplicates: 1,
    });
  });

  test('takes nothing else, and says so', async () => {
    const answer = await post('/v1/deploys', '{}');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({ error: expect.stringContaining('/v1/events/') });
    expect((await post('/v1/events/', '', { method: 'GET' })).status).toBe(404);
    expect((await post('/v1/events/', event, { apiKey: null })).status).toBe(403);
    expect(server.report('key')).toMatchObject({ batches: 0, notices: 0 });
  });

  test('answers an unknown key and counts it nowhere', async () => {
    expect((await post('/v1/events/', event, { apiKey: 'other' })).status).toBe(201);
    expect(server.report('key').batches).toBe(0);
    expect(() => server.report('other')).toThrow('never opened');
    expect(() => server.open('key', 'again')).toThrow('open already');
  });

  test('tells each book how many posts came under keys that nobody opened', async () => {
    await post('/v1/events/', event, { apiKey: 'other' });
    server.open('next', 'next');
    await post('/v1/events/', event, { apiKey: 'other' });
    await post('/v1/notices/', '{}', { apiKey: 'other' });
    expect(server.report('key').foreignKeyPosts).toBe(3);
    expect(server.report('next').foreignKeyPosts).toBe(2);
  });

  test('books what comes after the last report as late and as nothing else', async () => {
    server.open('next', 'next');
    await post('/v1/events/', event);
    expect(server.settle('key')).toMatchObject({ batches: 1, late: 0 });
    expect(server.late()).toEqual({});
    expect((await post('/v1/events/', `${event}\n${event}`)).status).toBe(201);
    await post('/v1/notices/', '{}');
    await post('/v1/events/', event, { apiKey: 'next' });
    expect(server.late()).toEqual({ key: 3 });
    expect(server.report('key')).toMatchObject({ late: 3, batches: 1, notices: 0, duplicates: 0, requestNumbers: [0] });
    expect(server.report('next')).toMatchObject({ late: 0, batches: 1 });
  });

  test('refuses a body of more than 64 MB without keeping it', async () => {
    const answer = await post('/v1/events/', Buffer.alloc(64 * 1024 * 1024 + 1, 'x'));
    expect(answer).toEqual({ status: 413, body: { error: expect.stringContaining('67108864') } });
    expect(server.report('key')).toMatchObject({ malformed: 1, batches: 0, bytes: 0 });
  });
});

describe('an outage', () => {
  test.each(['429', '500', '413'] as const)(
    '%s is answered to events and notices, counted as refused and as nothing else',
    async (mode) => {
      await server.setMode(mode);
      expect((await post('/v1/events/', event)).status).toBe(Number(mode));
      expect((await post('/v1/notices/', '{}')).status).toBe(Number(mode));
      expect(server.report('key')).toMatchObject({ refused: 2, batches: 0, notices: 0, bytes: 0, requestNumbers: [] });
      await server.setMode('healthy');
      expect((await post('/v1/events/', event)).status).toBe(201);
    },
  );

  test('slow answers after 2 s, and what was sent counts', async () => {
    await server.setMode('slow');
    const startMs = performance.now();
    expect((await post('/v1/events/', event)).status).toBe(201);
    expect(performance.now() - startMs).toBeGreaterThan(1_950);
    expect(server.report('key')).toMatchObject({ batches: 1, refused: 0 });
  });

  test('hang takes the request and never answers; its end closes the connection', async () => {
    await server.setMode('hang');
    let state = 'waiting';
    const outcome = post('/v1/events/', event).then(
      () => (state = 'answered'),
      () => (state = 'closed'),
    );
    await until(() => server.report('key').refused === 1);
    // A whole exchange on another connection: an answer to the first one would have been there before.
    await post('/elsewhere', '');
    expect(state).toBe('waiting');
    await server.setMode('healthy');
    expect(await outcome).toBe('closed');
    expect((await post('/v1/events/', event)).status).toBe(201);
  });

  test('refuse closes the port, and any other mode opens the same one again', async () => {
    await server.setMode('refuse');
    await server.setMode('refuse');
    await expect(post('/v1/events/', event)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.setMode('500');
    expect((await post('/v1/events/', event)).status).toBe(500);
    await server.setMode('healthy');
    expect((await post('/v1/events/', event)).status).toBe(201);
  });
});

describe('a client that is no friend', () => {
  test('who speaks no TLS is counted as a failed handshake and harms nobody', async () => {
    const socket = connect(Number(new URL(server.endpoint).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /v1/events/ HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect((await post('/v1/events/', event)).status).toBe(201);
    server.open('later', 'run');
    expect(server.report('key').failedHandshakes).toBe(1);
    expect(server.report('later').failedHandshakes).toBe(0);
  });

  test('who leaves in the middle of a body leaves nothing behind', async () => {
    const plain = await startCollectorServer(false);
    plain.open('key', 'run');
    const socket = connect(Number(new URL(plain.endpoint).port), '127.0.0.1');
    const headers = 'Host: x\r\nX-Api-Key: key\r\n';
    socket.write(`POST /v1/events/ HTTP/1.1\r\n${headers}Content-Length: ${event.length}\r\n\r\n${event}`);
    await once(socket, 'data');
    socket.write(`POST /v1/events/ HTTP/1.1\r\n${headers}Content-Length: 1000\r\n\r\n${event}`);
    socket.end();
    await once(socket, 'close');
    expect(plain.report('key')).toMatchObject({ batches: 1, malformed: 0, duplicates: 0 });
    await plain.setMode('refuse');
  });
});

function post(
  path: string,
  body: string | Buffer,
  options: { readonly method?: string; readonly apiKey?: string | null } = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const apiKey = options.apiKey === undefined ? 'key' : options.apiKey;
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      `${server.endpoint}${path}`,
      {
        method: options.method ?? 'POST',
        ca: server.certificateAuthorityPem ?? '',
        agent: false,
        headers: { 'Content-Length': Buffer.byteLength(body), ...(apiKey === null ? {} : { 'X-Api-Key': apiKey }) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
