import { connect, type Socket } from 'node:net';
import { AnswerParser, type AnswerHeaders, type Progress } from './answerParser';
import { failureReason, isLostConnection } from './failureReason';
import { isSendable, requestHead, type WireRequest } from './wireRequest';

/** How one request ended. Bytes are those of the TCP stream, retries included: heads, bodies and chunk frames. */
export interface Answer {
  /** 0 when no complete answer came. */
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** The text, if the request asked for it or the status is 400 or above; else empty. */
  readonly body: string;
  /** Why no complete answer came; null when one came. */
  readonly failure: string | null;
  readonly endedAtMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface ConnectionOptions {
  /** Plain HTTP: `http://127.0.0.1:5000`. */
  readonly origin: string;
  /** Limit for the whole request, connecting and a retry included. */
  readonly timeoutMs: number;
  /** The second and later connections. */
  readonly onReconnect: () => void;
  readonly onRetry: () => void;
}

/** A server that names its idle limit (`Keep-Alive: timeout=5`) is spared the race by this much. */
const idleMarginMs = 500;
/** Every socket of the process reads into this: what it holds is taken in at once. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/** One request from its sending to its answer, a retry included. */
interface Exchange {
  readonly request: WireRequest;
  readonly onAnswer: (answer: Answer) => void;
  /** A kept connection that it was sent on: its end before the first byte of an answer is no failure yet. */
  isReused: boolean;
  isRetry: boolean;
  bytesIn: number;
  bytesOut: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * One simulated user's connection: one request at a time, kept alive in between. A kept connection that is closed before the first
 * byte of an answer is what every browser meets and hides: the request is sent once more on a new connection, within its latency.
 */
export class HttpConnection {
  readonly #options: ConnectionOptions;
  readonly #address: { readonly host: string; readonly port: number };
  readonly #hostHeader: string;
  readonly #parser = new AnswerParser();
  #socket: Socket | null = null;
  #requestsOnSocket = 0;
  #hasConnected = false;
  #exchange: Exchange | null = null;
  /** `performance.now()` after which the server may close the idle connection at any moment. */
  #idleEndMs = Infinity;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { hostname, host, port } = new URL(options.origin);
    this.#address = { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? 80 : Number(port) };
    this.#hostHeader = host;
  }

  get isBusy(): boolean {
    return this.#exchange !== null;
  }

  /** Sends one request; `onAnswer` is called exactly once, unless the connection is closed before. Throws when one is on its way. */
  send(request: WireRequest, readsBody: boolean, onAnswer: (answer: Answer) => void): void {
    if (this.#exchange !== null) throw new Error('A connection carries one request at a time');
    const counts = { isReused: false, isRetry: false, bytesIn: 0, bytesOut: 0 };
    const exchange: Exchange = { request, onAnswer, ...counts, timer: undefined };
    this.#exchange = exchange;
    this.#parser.begin({ isHead: request.method === 'HEAD', readsBody });
    if (!isSendable(request)) {
      queueMicrotask(() => {
        if (this.#exchange === exchange) this.#finish(exchange, 'invalid request');
      });
      return;
    }
    exchange.timer = setTimeout(() => this.#giveUp(exchange), this.#options.timeoutMs);
    if (performance.now() > this.#idleEndMs) this.#dropSocket();
    this.#write(exchange);
  }

  /** Ends the connection; a request on its way never gets its `onAnswer`. */
  close(): void {
    clearTimeout(this.#exchange?.timer);
    this.#exchange = null;
    this.#dropSocket();
  }

  #write(exchange: Exchange): void {
    const { request } = exchange;
    const socket = (this.#socket ??= this.#connect());
    exchange.isReused = this.#requestsOnSocket > 0;
    this.#requestsOnSocket += 1;
    const head = requestHead(request, this.#hostHeader);
    if (request.body === null) socket.write(head, 'latin1');
    else socket.write(Buffer.concat([Buffer.from(head, 'latin1'), request.body]));
    // Bytes of a connection that never came about are not sent.
    if (socket.connecting) socket.once('connect', () => (exchange.bytesOut += sizeOf(head, request)));
    else exchange.bytesOut += sizeOf(head, request);
  }

  #connect(): Socket {
    // Read into one buffer: a stream allocates 64 kB for each read and leaves them to the garbage collector.
    const onread = {
      buffer: readBuffer,
      callback: (length: number) => {
        if (this.#socket === socket) this.#onBytes(length);
        return true;
      },
    };
    const socket: Socket = connect({ ...this.#address, noDelay: true, onread });
    this.#requestsOnSocket = 0;
    this.#idleEndMs = Infinity;
    socket.once('connect', () => {
      if (this.#hasConnected) this.#options.onReconnect();
      this.#hasConnected = true;
    });
    const whileCurrent = (end: () => void) => (): void => {
      if (this.#socket === socket) end();
    };
    socket.on('error', (error) => whileCurrent(() => this.#onLost(failureReason(error)))());
    socket.once(
      'end',
      whileCurrent(() => this.#onEnd()),
    );
    socket.once(
      'close',
      whileCurrent(() => this.#onLost('connection closed')),
    );
    return socket;
  }

  #onBytes(length: number): void {
    const exchange = this.#exchange;
    if (exchange === null) {
      // Nobody asked for this.
      this.#dropSocket();
      return;
    }
    exchange.bytesIn += length;
    this.#proceed(exchange, this.#parser.push(readBuffer.subarray(0, length)));
  }

  #onEnd(): void {
    const exchange = this.#exchange;
    if (exchange !== null && this.#parser.end() === 'complete') this.#proceed(exchange, 'complete');
    else this.#onLost('connection closed');
  }

  #proceed(exchange: Exchange, progress: Progress): void {
    if (progress === 'incomplete') return;
    if (progress === 'malformed' || !this.#parser.keepsOpen) this.#dropSocket();
    else this.#idleEndMs = idleEndMs(this.#parser.headers['keep-alive']);
    this.#finish(exchange, progress === 'malformed' ? 'malformed answer' : null);
  }

  #onLost(failure: string): void {
    const exchange = this.#exchange;
    this.#dropSocket();
    if (exchange === null) return;
    if (exchange.isReused && !exchange.isRetry && exchange.bytesIn === 0 && isLostConnection(failure)) {
      exchange.isRetry = true;
      this.#options.onRetry();
      this.#write(exchange);
    } else this.#finish(exchange, failure);
  }

  #giveUp(exchange: Exchange): void {
    if (this.#exchange !== exchange) return;
    this.#dropSocket();
    this.#finish(exchange, 'timed out');
  }

  #finish(exchange: Exchange, failure: string | null): void {
    this.#exchange = null;
    clearTimeout(exchange.timer);
    const { bytesIn, bytesOut } = exchange;
    const parser = this.#parser;
    exchange.onAnswer({
      status: failure === null ? parser.status : 0,
      headers: parser.headers,
      body: parser.body(),
      failure,
      endedAtMs: performance.now(),
      bytesIn,
      bytesOut,
    });
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#idleEndMs = Infinity;
    socket?.destroy();
  }
}

function sizeOf(head: string, { body }: WireRequest): number {
  return head.length + (body?.length ?? 0);
}

/** When the server's own idle limit, if it names one, is about to end the connection. */
function idleEndMs(keepAlive: AnswerHeaders[string]): number {
  const [, seconds] = /\btimeout=(\d{1,9})\b/i.exec(String(keepAlive ?? '')) ?? [];
  return seconds === undefined ? Infinity : performance.now() + Number(seconds) * 1000 - idleMarginMs;
}
