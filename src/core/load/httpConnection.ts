import type { Socket } from 'node:net';
import { buildConnector, Client, type Dispatcher } from 'undici';
import type { RequestSpec } from '../../shared/behaviour';
import { failureReason, isLostConnection } from './failureReason';

export interface WireRequest {
  readonly method: RequestSpec['method'];
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer | null;
}

/** How one request ended. Bytes are those of the TCP stream, retries included: heads, bodies and chunk frames. */
export interface Answer {
  /** 0 when no complete answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The text, if the request asked for it or the status is 400 or above; else empty. */
  readonly body: string;
  /** Why no complete answer came; null when one came. */
  readonly failure: string | null;
  readonly endedAtMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface ConnectionOptions {
  readonly origin: string;
  /** Limit for the whole request, connecting and a retry included. */
  readonly timeoutMs: number;
  /** The second and later connections. */
  readonly onReconnect: () => void;
  readonly onRetry: () => void;
}

/** Idle limit of our own, when the server names none: long enough to leave the closing to the server. */
const idleLimitMs = 60_000;
/** A server that names its limit (`Keep-Alive: timeout=5`) is spared the race by this much. */
const idleMarginMs = 500;

/**
 * One simulated user's connection: one request at a time, kept alive in between. A kept connection that is closed before the first
 * byte of an answer is what every browser meets and hides: the request is sent once more on a new connection, within its latency.
 */
export class HttpConnection {
  readonly #options: ConnectionOptions;
  readonly #connect: buildConnector.connector;
  #client: Client | null = null;
  #socket: Socket | null = null;
  #requestsOnSocket = 0;
  #hasConnected = false;
  #attempt: Attempt | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const connect = buildConnector({ timeout: 0 });
    this.#connect = (target, callback) => {
      connect(target, (...result) => {
        if (result[1] !== null) this.#useSocket(result[1]);
        callback(...result);
      });
    };
  }

  get isBusy(): boolean {
    return this.#attempt !== null;
  }

  /** Sends one request; `onAnswer` is called exactly once, unless the connection is closed before. Throws when one is on its way. */
  send(request: WireRequest, readsBody: boolean, onAnswer: (answer: Answer) => void): void {
    if (this.#attempt !== null) throw new Error('A connection carries one request at a time');
    const exchange: Exchange = { request, readsBody, onAnswer, bytesOut: 0, isRetry: false, timer: undefined };
    exchange.timer = setTimeout(() => this.#giveUp(exchange), this.#options.timeoutMs);
    this.#dispatch(exchange);
  }

  /** Ends the connection; a request on its way never gets its `onAnswer`. */
  close(): void {
    if (this.#attempt !== null) clearTimeout(this.#attempt.exchange.timer);
    this.#attempt = null;
    this.#dropClient();
  }

  #dispatch(exchange: Exchange): void {
    this.#client ??= new Client(this.#options.origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: idleLimitMs,
      keepAliveTimeoutThreshold: idleMarginMs,
      connect: this.#connect,
    });
    const attempt = new Attempt(exchange, {
      takeSocket: () => this.#takeSocket(),
      onEnd: (failure) => this.#onAttemptEnd(attempt, failure),
    });
    this.#attempt = attempt;
    const { method, path, headers, body } = exchange.request;
    this.#client.dispatch({ method, path, headers: [...headers], body }, attempt);
  }

  #useSocket(socket: Socket): void {
    if (this.#hasConnected) this.#options.onReconnect();
    this.#hasConnected = true;
    this.#socket = socket;
    this.#requestsOnSocket = 0;
  }

  #takeSocket(): { readonly socket: Socket | null; readonly isReused: boolean } {
    const isReused = this.#requestsOnSocket > 0;
    this.#requestsOnSocket += 1;
    return { socket: this.#socket, isReused };
  }

  #onAttemptEnd(attempt: Attempt, failure: string | null): void {
    if (this.#attempt !== attempt) return;
    const { exchange } = attempt;
    exchange.bytesOut += attempt.bytesOut();
    if (
      failure !== null &&
      !exchange.isRetry &&
      attempt.isReused &&
      attempt.bytesIn() === 0 &&
      isLostConnection(failure)
    ) {
      exchange.isRetry = true;
      this.#options.onRetry();
      // undici tells of the loss before it has cleared the socket away.
      queueMicrotask(() => {
        if (this.#attempt === attempt) this.#dispatch(exchange);
      });
      return;
    }
    this.#finish(attempt, failure);
  }

  #giveUp(exchange: Exchange): void {
    const attempt = this.#attempt;
    if (attempt?.exchange !== exchange) return;
    exchange.bytesOut += attempt.bytesOut();
    this.#dropClient();
    this.#finish(attempt, 'timed out');
  }

  #finish(attempt: Attempt, failure: string | null): void {
    const { exchange } = attempt;
    this.#attempt = null;
    clearTimeout(exchange.timer);
    exchange.onAnswer(attempt.answer(failure));
  }

  #dropClient(): void {
    const client = this.#client;
    this.#client = null;
    // Never rejects: undici resolves a destroy whatever state the socket is in.
    void client?.destroy();
  }
}

/** One request from its sending to its answer, a retry included. */
interface Exchange {
  readonly request: WireRequest;
  readonly readsBody: boolean;
  readonly onAnswer: (answer: Answer) => void;
  bytesOut: number;
  isRetry: boolean;
  timer: NodeJS.Timeout | undefined;
}

interface AttemptOwner {
  readonly takeSocket: () => { readonly socket: Socket | null; readonly isReused: boolean };
  readonly onEnd: (failure: string | null) => void;
}

/** undici's handler of one sending. */
class Attempt implements Dispatcher.DispatchHandler {
  readonly exchange: Exchange;
  isReused = false;
  readonly #owner: AttemptOwner;
  #socket: Socket | null = null;
  #bytesReadBefore = 0;
  #bytesWrittenBefore = 0;
  #status = 0;
  #headers: Answer['headers'] = {};
  #chunks: Buffer[] | null = null;

  constructor(exchange: Exchange, owner: AttemptOwner) {
    this.exchange = exchange;
    this.#owner = owner;
  }

  bytesIn(): number {
    return this.#socket === null ? 0 : this.#socket.bytesRead - this.#bytesReadBefore;
  }

  bytesOut(): number {
    return this.#socket === null ? 0 : (this.#socket.bytesWritten ?? 0) - this.#bytesWrittenBefore;
  }

  answer(failure: string | null): Answer {
    return {
      status: failure === null ? this.#status : 0,
      headers: this.#headers,
      body: this.#chunks === null ? '' : Buffer.concat(this.#chunks).toString(),
      failure,
      endedAtMs: performance.now(),
      bytesIn: this.bytesIn(),
      bytesOut: this.exchange.bytesOut,
    };
  }

  onRequestStart(): void {
    const { socket, isReused } = this.#owner.takeSocket();
    this.isReused = isReused;
    this.#socket = socket;
    this.#bytesReadBefore = socket?.bytesRead ?? 0;
    this.#bytesWrittenBefore = socket?.bytesWritten ?? 0;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Answer['headers']): void {
    this.#status = status;
    this.#headers = headers;
    this.#chunks = this.exchange.readsBody || status >= 400 ? [] : null;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks?.push(chunk);
  }

  onResponseEnd(): void {
    this.#owner.onEnd(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#owner.onEnd(failureReason(error));
  }
}
