import { randomUUID } from 'node:crypto';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { assertNever } from '../../shared/assertNever';
import { slowAnswerMs } from '../../shared/outage';
import { createServerIdentity } from './certificate';
import { holdClosedPort } from './closedPort';
import type { CollectorPlace } from './collectorProtocol';
import { CollectorBook, type Unassigned } from './collectorBook';
import type { CollectorMode, CollectorReport } from './collectorReport';
import { countEvents, receiveEvents, receiveNotice } from './receiveEvents';

const host = '127.0.0.1';
const maximumBodyBytes = 64 * 1024 * 1024;

type Kind = 'events' | 'notice';

/** The listening side of the collector. */
export interface CollectorServer {
  readonly endpoint: string;
  /** Where connections are refused. */
  readonly refusingEndpoint: string;
  readonly certificateAuthorityPem: string | null;
  /**
   * From now on this key is answered in that mode, and no other key is: a late flush of a healthy trial never meets the outage of the
   * next one. Throws when the key is open already.
   */
  open(apiKey: string, requestIdPrefix: string, mode: CollectorMode): void;
  /** Throws when the key was never opened. */
  report(apiKey: string): CollectorReport;
  /** The same, and from now on whatever comes under that key is late. */
  settle(apiKey: string): CollectorReport;
  late(): Record<string, number>;
  /** Stops listening and closes every connection. */
  close(): void;
}

/** A book, and what nobody could be blamed for when it was opened. */
interface Entry {
  readonly book: CollectorBook;
  readonly mode: CollectorMode;
  readonly before: Unassigned;
}

/** Listens on a free port of 127.0.0.1, or at `place`, and answers as Honeybadger does (docs.honeybadger.io/api): 201, 403, 413, 429, 500. */
export async function startCollectorServer(
  isSecure: boolean,
  place: CollectorPlace | null = null,
): Promise<CollectorServer> {
  const books = new Map<string, Entry>();
  let failedHandshakes = 0;
  let foreignKeyPosts = 0;

  const onRequest: RequestListener = (request, response) => {
    const kind = request.method === 'POST' ? kindOf(request.url ?? '') : null;
    if (kind === null) {
      request.resume();
      answer(response, 404, {
        error: 'This is the collector of Insights comparison: it takes POST /v1/events/ and POST /v1/notices/ only.',
      });
      return;
    }
    const apiKey = request.headers['x-api-key'];
    const { book, mode = 'healthy' } = (typeof apiKey === 'string' ? books.get(apiKey) : undefined) ?? {};
    if (!book) foreignKeyPosts += 1;
    readBody(request, (body) => {
      if (apiKey === undefined) answer(response, 403, { error: 'The X-Api-Key header is missing.' });
      else if (body === null) {
        if (book) book.malformed += 1;
        answer(response, 413, { error: `The body is larger than ${maximumBodyBytes} bytes.` });
      } else handle(mode, kind, book, body, response);
    });
  };

  const identity = isSecure ? await createServerIdentity() : null;
  const server = identity
    ? createHttpsServer({ key: identity.privateKeyPem, cert: identity.certificatePem }, onRequest)
    : createHttpServer(onRequest);
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('tlsClientError', () => {
    failedHandshakes += 1;
  });
  const origin = `${identity ? 'https' : 'http'}://${host}`;
  const port = await listen(server, place ?? { host, port: 0 });
  const closedPort = await holdClosedPort();

  const opened = (apiKey: string): Entry => {
    const entry = books.get(apiKey);
    if (!entry) throw new Error(`The key ${apiKey} was never opened`);
    return entry;
  };
  const reportOf = ({ book, before }: Entry): CollectorReport =>
    book.report({
      failedHandshakes: failedHandshakes - before.failedHandshakes,
      foreignKeyPosts: foreignKeyPosts - before.foreignKeyPosts,
    });

  return {
    endpoint: place?.url ?? `${origin}:${port}`,
    refusingEndpoint: `${origin}:${closedPort.port}`,
    certificateAuthorityPem: identity?.certificateAuthorityPem ?? null,
    open(apiKey, requestIdPrefix, mode) {
      if (books.has(apiKey)) throw new Error(`The key ${apiKey} is open already`);
      const before = { failedHandshakes, foreignKeyPosts };
      books.set(apiKey, { book: new CollectorBook(requestIdPrefix), mode, before });
    },
    report: (apiKey) => reportOf(opened(apiKey)),
    settle(apiKey) {
      const entry = opened(apiKey);
      entry.book.isSettled = true;
      return reportOf(entry);
    },
    late: () => Object.fromEntries([...books].flatMap(([key, { book }]) => (book.late > 0 ? [[key, book.late]] : []))),
    close() {
      closedPort.release();
      // The listening socket is closed at once; the callback would wait for handshakes that are still on.
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Counts what arrived and answers it. A request that is refused on purpose is counted as refused and as nothing else. */
function handle(
  mode: CollectorMode,
  kind: Kind,
  book: CollectorBook | undefined,
  body: Buffer,
  response: ServerResponse,
): void {
  switch (mode) {
    case 'healthy':
      accept(kind, book, body);
      answer(response, 201, accepted(kind));
      return;
    case 'slow':
      accept(kind, book, body);
      setTimeout(() => answer(response, 201, accepted(kind)), slowAnswerMs);
      return;
    case '429':
    case '500':
    case '413':
      book?.refuse(body.length);
      answer(response, Number(mode), { error: refusals[mode] });
      return;
    case 'hang':
      book?.refuse(body.length);
      return;
    case 'refuse':
      // The app does not use the address that it was given: verification says so.
      book?.refuse(body.length);
      response.destroy();
      return;
    default:
      assertNever(mode);
  }
}

const refusals = {
  '429': 'The rate limit of this API key is reached (simulated).',
  '500': 'Something went wrong (simulated).',
  '413': 'The payload is too large (simulated).',
} as const;

function accept(kind: Kind, book: CollectorBook | undefined, body: Buffer): void {
  if (!book) return;
  if (book.isSettled) book.late += kind === 'events' ? countEvents(body) : 1;
  else if (kind === 'events') receiveEvents(book, body, Date.now());
  else receiveNotice(book, body);
}

function accepted(kind: Kind): object {
  return kind === 'notice' ? { id: randomUUID() } : {};
}

function answer(response: ServerResponse, status: number, content: object): void {
  if (response.destroyed) return;
  const body = JSON.stringify(content);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function kindOf(url: string): Kind | null {
  const path = url.split('?', 1)[0];
  if (path === '/v1/events/' || path === '/v1/events') return 'events';
  return path === '/v1/notices/' || path === '/v1/notices' ? 'notice' : null;
}

/** Calls back with the whole body, or null when it is too large (the rest is read and dropped); never when the client goes away. */
function readBody(request: IncomingMessage, onBody: (body: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maximumBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on('end', () => onBody(bytes <= maximumBodyBytes ? Buffer.concat(chunks, bytes) : null));
  // A client that goes away in the middle is no concern of ours, but an 'error' without a listener would end the process.
  request.on('error', () => undefined);
}

function listen(server: Server, { host, port }: Pick<CollectorPlace, 'host' | 'port'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address: string | AddressInfo | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The collector listens on no port'));
      else resolve(address.port);
    });
  });
}
