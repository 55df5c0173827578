import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCollectorServer, type CollectorServer } from './collectorServer';

const event = '{"event_type":"flask.request","request_id":"run-0"}';

let server: CollectorServer;

beforeEach(async () => {
  server = await startCollectorServer(true);
  server.open('key', 'run', 'healthy');
});

afterEach(() => {
  server.close();
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
    expect(() => server.open('key', 'again', 'healthy')).toThrow('open already');
  });

  test('tells each book how many posts came under keys that nobody opened', async () => {
    await post('/v1/events/', event, { apiKey: 'other' });
    server.open('next', 'next', 'healthy');
    await post('/v1/events/', event, { apiKey: 'other' });
    await post('/v1/notices/', '{}', { apiKey: 'other' });
    expect(server.report('key').foreignKeyPosts).toBe(3);
    expect(server.report('next').foreignKeyPosts).toBe(2);
  });

  test('books what comes after the last report as late and as nothing else', async () => {
    server.open('next', 'next', 'healthy');
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
      server.open('ill', 'run', mode);
      expect((await post('/v1/events/', event, { apiKey: 'ill' })).status).toBe(Number(mode));
      expect((await post('/v1/notices/', '{}', { apiKey: 'ill' })).status).toBe(Number(mode));
      expect(server.report('ill')).toMatchObject({
        refused: 2,
        refusedBytes: event.length + 2,
        batches: 0,
        notices: 0,
      });
      expect(server.report('ill')).toMatchObject({ bytes: 0, noticeBytes: 0, requestNumbers: [] });
    },
  );

  test('meets the key that was opened for it and no other', async () => {
    server.open('ill', 'run', '500');
    const statuses = await Promise.all(
      ['key', 'ill', 'unknown'].map(async (apiKey) => (await post('/v1/events/', event, { apiKey })).status),
    );
    expect(statuses).toEqual([201, 500, 201]);
    expect(server.report('key')).toMatchObject({ batches: 1, refused: 0 });
  });

  test('slow answers after 2 s, and what was sent counts', async () => {
    server.open('ill', 'run', 'slow');
    const startMs = performance.now();
    expect((await post('/v1/events/', event, { apiKey: 'ill' })).status).toBe(201);
    expect(performance.now() - startMs).toBeGreaterThan(1_950);
    expect(server.report('ill')).toMatchObject({ batches: 1, refused: 0 });
  });

  test('hang takes the request and never answers', async () => {
    server.open('ill', 'run', 'hang');
    let state = 'waiting';
    const outcome = post('/v1/events/', event, { apiKey: 'ill' }).then(
      () => (state = 'answered'),
      () => (state = 'closed'),
    );
    await until(() => server.report('ill').refused === 1);
    // A whole exchange on another connection: an answer to the first one would have been there before.
    await post('/elsewhere', '');
    expect(state).toBe('waiting');
    server.close();
    expect(await outcome).toBe('closed');
  });

  test('refuse is an address at which nobody listens, beside the one where everything is well', async () => {
    server.open('ill', 'run', 'refuse');
    const refused = post('/v1/events/', event, { apiKey: 'ill', endpoint: server.refusingEndpoint });
    await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(server.report('ill')).toMatchObject({ refused: 0, batches: 0 });
    expect((await post('/v1/events/', event)).status).toBe(201);
  });

  test('an app that is to be refused and comes to the open address all the same gets no answer, and is counted', async () => {
    server.open('ill', 'run', 'refuse');
    await expect(post('/v1/events/', event, { apiKey: 'ill' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(server.report('ill')).toMatchObject({ refused: 1, batches: 0 });
  });
});

describe('a client that is no friend', () => {
  test('who speaks no TLS is counted as a failed handshake and harms nobody', async () => {
    const socket = connect(Number(new URL(server.endpoint).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /v1/events/ HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect((await post('/v1/events/', event)).status).toBe(201);
    server.open('later', 'run', 'healthy');
    expect(server.report('key').failedHandshakes).toBe(1);
    expect(server.report('later').failedHandshakes).toBe(0);
  });

  test('who leaves in the middle of a body leaves nothing behind', async () => {
    const plain = await startCollectorServer(false);
    plain.open('key', 'run', 'healthy');
    const socket = connect(Number(new URL(plain.endpoint).port), '127.0.0.1');
    const headers = 'Host: x\r\nX-Api-Key: key\r\n';
    socket.write(`POST /v1/events/ HTTP/1.1\r\n${headers}Content-Length: ${event.length}\r\n\r\n${event}`);
    await once(socket, 'data');
    socket.write(`POST /v1/events/ HTTP/1.1\r\n${headers}Content-Length: 1000\r\n\r\n${event}`);
    socket.end();
    await once(socket, 'close');
    expect(plain.report('key')).toMatchObject({ batches: 1, malformed: 0, duplicates: 0 });
    plain.close();
  });
});

function post(
  path: string,
  body: string | Buffer,
  options: { readonly method?: string; readonly apiKey?: string | null; readonly endpoint?: string } = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const apiKey = options.apiKey === undefined ? 'key' : options.apiKey;
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      `${options.endpoint ?? server.endpoint}${path}`,
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
