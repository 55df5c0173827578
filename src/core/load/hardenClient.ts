import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Client } from 'autocannon';
import { failureReason, isLostConnection } from './failureReason';

/** What a hardened autocannon client asks and tells. `T` is whatever `nextRequest` gave along with the request. */
export interface HardenedClientOptions<T> {
  readonly timeoutMs: number;
  /** The request that leaves now. autocannon's own builder would cost a third of the generator's CPU when each request is another one. */
  readonly nextRequest: () => OutgoingRequest<T>;
  readonly onAnswer: (
    tag: T,
    answer: { readonly status: number; readonly bytesIn: number; readonly latencyMs: number },
  ) => void;
  readonly onFailure: (tag: T, reason: string) => void;
  readonly onReconnect: () => void;
  readonly onRetry: () => void;
}

export interface OutgoingRequest<T> {
  readonly tag: T;
  readonly bytes: Buffer;
  readonly isHead: boolean;
}

export interface HardenedClient {
  /** Sends nothing more; resolves when the answer under way has come or will not. */
  drain(): Promise<void>;
  /** How many times in a row it failed to get any answer. */
  failuresInARow(): number;
}

/** The private members of autocannon 9.0.0 that the cure needs; capacity.test.ts is their contract. */
interface ClientInternals {
  readonly opts: { readonly hostname: string; readonly port: number | string };
  readonly secure: boolean;
  readonly parser: ParserInternals;
  readonly pipelinedRequests: {
    clear(): void;
    insertRequest(request: object): void;
    addByteCount(count: number): void;
  };
  readonly destroyed: boolean;
  conn: Socket | undefined;
  timeout: number;
  _connect(): void;
  _doRequest(): void;
  _destroyConnection(): void;
  getRequestBuffer(): Buffer;
}

interface ParserInternals {
  readonly constructor: {
    readonly kOnHeadersComplete: number;
    readonly kOnMessageComplete: number;
    readonly RESPONSE: string;
  };
  reinitialize(type: string): void;
  execute(chunk: Buffer): number | Error;
  finish(): Error | undefined;
  [callback: number]: (info: AnswerHead) => unknown;
}

interface AnswerHead {
  readonly statusCode: number;
  readonly shouldKeepAlive: boolean;
}

interface InFlight<T> extends OutgoingRequest<T> {
  readonly sentAtMs: number;
  isRetry: boolean;
  /** Time that went by before it was sent again. */
  lostMs: number;
}

const firstBackoffMs = 20;
const longestBackoffMs = 1000;

/**
 * To be called in autocannon's `setupClient`. autocannon's own connection handling sends into connections that are closing, which pairs
 * answers with the wrong requests from then on; reconnects without a pause; throws on an answer that nobody asked for; and never
 * ends an answer that the close of the connection ends. Here a connection carries a request only when the last answer is complete and
 * kept it open; else it is replaced, with a growing pause when nothing was answered on it. A kept connection that dies before the first
 * byte of an answer is retried once, as in the scenario.
 */
export function hardenClient<T>(publicClient: Client, options: HardenedClientOptions<T>): HardenedClient {
  const client = internalsOf(publicClient);
  const sendNext = client._doRequest.bind(client);
  let inFlight: InFlight<T> | null = null;
  let outgoing: Buffer = Buffer.alloc(0);
  let connections = 0;
  let answersOnConnection = 0;
  let receivedBytes = 0;
  let failuresInARow = 0;
  let isParsing = false;
  let hasEnded = false;
  let mustClose = false;
  let isResending = false;
  let backoff: NodeJS.Timeout | null = null;
  let onDrained: (() => void) | null = null;

  const fail = (reason: string): void => {
    const failed = inFlight;
    inFlight = null;
    failuresInARow += 1;
    if (failed !== null) options.onFailure(failed.tag, reason);
    onDrained?.();
  };
  const replaceConnection = (pauseMs: number): void => {
    client._destroyConnection();
    if (onDrained !== null && !isResending) return;
    if (pauseMs === 0) {
      client._connect();
      return;
    }
    backoff = setTimeout(() => {
      backoff = null;
      client._connect();
    }, pauseMs);
  };
  const onLost = (reason: string): void => {
    if (
      inFlight !== null &&
      !inFlight.isRetry &&
      receivedBytes === 0 &&
      answersOnConnection > 0 &&
      isLostConnection(reason)
    ) {
      inFlight.isRetry = true;
      inFlight.lostMs = performance.now() - inFlight.sentAtMs;
      isResending = true;
      options.onRetry();
      replaceConnection(0);
      return;
    }
    fail(reason);
    replaceConnection(Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(10, failuresInARow - 1)));
  };
  const afterAnswer = (): void => {
    if (!hasEnded) return;
    hasEnded = false;
    if (mustClose) replaceConnection(0);
    else client._doRequest();
  };
  const onData = (chunk: Buffer): void => {
    if (inFlight === null) {
      // Nobody asked for this: the connection cannot be trusted to pair answers any more.
      replaceConnection(0);
      return;
    }
    receivedBytes += chunk.length;
    client.pipelinedRequests.addByteCount(chunk.length);
    isParsing = true;
    const parsed = client.parser.execute(chunk);
    isParsing = false;
    if (parsed instanceof Error) {
      hasEnded = false;
      if (inFlight === null) replaceConnection(0);
      else onLost('malformed answer');
      return;
    }
    afterAnswer();
  };
  const onEnd = (): void => {
    isParsing = true;
    const finished = inFlight !== null && receivedBytes > 0 ? client.parser.finish() : undefined;
    isParsing = false;
    if (hasEnded && !(finished instanceof Error)) {
      mustClose = true;
      afterAnswer();
      return;
    }
    onLost('connection closed');
  };
  const listen = (socket: Socket): void => {
    const whileCurrent =
      <A extends unknown[]>(listener: (...values: A) => void) =>
      (...values: A): void => {
        if (client.conn === socket && !client.destroyed) listener(...values);
      };
    socket.on('data', whileCurrent(onData));
    socket.on('end', whileCurrent(onEnd));
    socket.on(
      'error',
      whileCurrent((error: Error) => onLost(failureReason(error))),
    );
  };

  client.timeout = options.timeoutMs;
  client._connect = () => {
    // autocannon's time-out connects anew before it says so: a request that is still under way here, and not to be resent, timed out.
    if (inFlight !== null && !isResending) fail('timed out');
    if (client.destroyed || backoff !== null || (onDrained !== null && !isResending)) return;
    if (connections === 0) watchParser();
    else options.onReconnect();
    connections += 1;
    answersOnConnection = 0;
    hasEnded = false;
    mustClose = false;
    client.parser.reinitialize(client.parser.constructor.RESPONSE);
    client.pipelinedRequests.clear();
    const socket = openSocket(client);
    client.conn = socket;
    listen(socket);
    if (isResending) resend();
    else client._doRequest();
  };
  const resend = (): void => {
    isResending = false;
    receivedBytes = 0;
    client.pipelinedRequests.insertRequest({});
    client.conn?.write(outgoing);
  };
  client._doRequest = () => {
    if (isParsing) {
      hasEnded = true;
      return;
    }
    if (client.destroyed || onDrained !== null) return;
    receivedBytes = 0;
    const request = options.nextRequest();
    outgoing = request.bytes;
    inFlight = { ...request, sentAtMs: performance.now(), isRetry: false, lostMs: 0 };
    sendNext();
  };
  client.getRequestBuffer = () => outgoing;
  /** autocannon sets the parser's callbacks after `setupClient`, so they are wrapped at the first connection. */
  const watchParser = (): void => {
    const { parser } = client;
    const { kOnHeadersComplete, kOnMessageComplete } = parser.constructor;
    const onHeaders = parser[kOnHeadersComplete];
    const onComplete = parser[kOnMessageComplete];
    let isInterim = false;
    parser[kOnHeadersComplete] = (head) => {
      isInterim = head.statusCode < 200;
      if (isInterim || inFlight === null) return undefined;
      mustClose = !head.shouldKeepAlive;
      onHeaders?.(head);
      return inFlight.isHead ? 1 : undefined;
    };
    parser[kOnMessageComplete] = (head) => {
      if (isInterim) return;
      if (inFlight === null) mustClose = true;
      else onComplete?.(head);
    };
  };
  publicClient.on('response', (status, bytesIn, responseTimeMs) => {
    const answered = inFlight;
    inFlight = null;
    answersOnConnection += 1;
    failuresInARow = 0;
    if (answered !== null)
      options.onAnswer(answered.tag, { status, bytesIn, latencyMs: responseTimeMs + answered.lostMs });
    onDrained?.();
  });

  return {
    failuresInARow: () => failuresInARow,
    drain: () =>
      new Promise((resolve) => {
        onDrained = resolve;
        if (backoff !== null) clearTimeout(backoff);
        if (inFlight === null) resolve();
      }),
  };
}

function openSocket(client: ClientInternals): Socket {
  const { hostname, port } = client.opts;
  const target = { host: hostname, port: Number(port) };
  return (client.secure ? connectTls(target) : connectTcp(target)).setNoDelay(true);
}

function internalsOf(client: object): ClientInternals {
  if (hasInternals(client)) return client;
  throw new Error('This autocannon is another one than 9.0.0, for which hardenClient.ts was written');
}

function hasInternals(client: object): client is ClientInternals {
  const methods = ['_connect', '_doRequest', '_destroyConnection', 'getRequestBuffer'];
  return methods.every((name) => typeof Reflect.get(client, name) === 'function');
}
