import { fork, type ChildProcess } from 'node:child_process';
import * as z from 'zod';
import {
  collectorReplySchema,
  collectorReportSchema,
  lateSchema,
  startedSchema,
  type CollectorPlace,
  type CollectorRequest,
} from './collectorProtocol';
import type { CollectorMode, CollectorReport } from './collectorReport';

/** A local endpoint that speaks Honeybadger's wire format, in a process of its own. */
export interface Collector {
  /** What goes into HONEYBADGER_ENDPOINT: `https://127.0.0.1:PORT`, or the place's url; no trailing slash. */
  readonly endpoint: string;
  /** The same for an outage of the kind `refuse`: nobody listens there, as long as the collector lives. */
  readonly refusingEndpoint: string;
  /** PEM of the run's throw-away certificate authority; null on plain HTTP. */
  readonly certificateAuthorityPem: string | null;
  readonly pid: number;
  /** Opens the book for one API key, which is answered in `mode` (default healthy). Events under an unknown key are answered 201 and counted nowhere. */
  open(apiKey: string, requestIdPrefix: string, mode?: CollectorMode): Promise<void>;
  /** What arrived so far under that key. */
  report(apiKey: string): Promise<CollectorReport>;
  /** The same, for the last time: what comes under that key from now on is late, and counted as nothing else. */
  settle(apiKey: string): Promise<CollectorReport>;
  /** How many events and notices came after their book was settled, by key; keys without any are left out. */
  late(): Promise<Readonly<Record<string, number>>>;
  /** The collector process's own CPU so far, in seconds. */
  cpuSeconds(): Promise<number>;
  /** Rejects when the process ends without having been asked to. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

export interface CollectorOptions {
  /** Path of the bundled `collector.js`. */
  readonly entry: string;
  readonly isSecure: boolean;
  /** Left out: a free port of 127.0.0.1. */
  readonly place?: CollectorPlace | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

const closeGraceMs = 500;
const startTimeoutMs = 20_000;
const stderrTailLength = 4_000;

/**
 * Starts the collector process and waits until it listens. It has `options.environment` and nothing else, and ends with us.
 * Throws when it cannot be started, with what it said.
 */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const child = fork(options.entry, [], {
    env: { ...options.environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const line = new CollectorLine(child);
  const timer = setTimeout(
    () => line.end(new Error(`The collector did not listen within ${startTimeoutMs / 1000} s`)),
    startTimeoutMs,
  );
  try {
    const started = await line.ask(
      { type: 'start', isSecure: options.isSecure, place: options.place ?? null },
      startedSchema,
    );
    if (child.pid === undefined) throw new Error('The collector has no process id');
    return {
      ...started,
      pid: child.pid,
      open: async (apiKey, requestIdPrefix, mode = 'healthy') => {
        if (!/^[A-Za-z0-9-]+$/.test(requestIdPrefix)) {
          throw new Error(`Request ids are letters, digits and hyphens only; the prefix is ${requestIdPrefix}`);
        }
        await line.ask({ type: 'open', apiKey, requestIdPrefix, mode }, z.undefined());
      },
      report: (apiKey) => line.ask({ type: 'report', apiKey }, collectorReportSchema),
      settle: (apiKey) => line.ask({ type: 'settle', apiKey }, collectorReportSchema),
      late: () => line.ask({ type: 'late' }, lateSchema),
      cpuSeconds: () => line.ask({ type: 'cpu' }, z.number()),
      failed: line.failed,
      close: () => line.close(),
    };
  } catch (error) {
    await line.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface PendingCall {
  readonly onValue: (value: unknown) => void;
  readonly onError: (error: Error) => void;
}

/** The IPC line to the process: each question gets its answer, or the reason why there will be none. */
class CollectorLine {
  readonly failed: Promise<never>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, PendingCall>();
  #rejectFailed: (reason: unknown) => void = () => undefined;
  #nextCall = 0;
  #stderr = '';
  /** Why no more questions are answered; null while they are. */
  #ended: Error | null = null;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrTailLength);
    });
    child.on('message', (message) => this.#receive(message));
    child.on('error', (error) => this.#fail(`could not be used (${error.message})`));
    // 'close' comes after 'exit', when all of stderr has been read.
    child.on('close', (code, signal) => this.#fail(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
    this.failed = new Promise((_resolve, reject) => {
      this.#rejectFailed = reject;
    });
    // Whoever is interested awaits it; nobody has to.
    this.failed.catch(() => undefined);
    this.#exited =
      child.pid === undefined ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()));
  }

  ask<T>(request: CollectorRequest, answer: z.ZodType<T>): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const call = this.#nextCall++;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(call, {
        onValue: (value) => {
          const parsed = answer.safeParse(value);
          if (parsed.success) resolve(parsed.data);
          else reject(new Error(`The collector answered ${request.type} with something else`, { cause: parsed.error }));
        },
        onError: reject,
      });
      // An error here means that the process is ending: 'close' tells the reason and settles the call.
      this.#child.send({ call, request }, () => undefined);
    });
  }

  /** Answers nothing from now on, for this reason: it is what open and later questions reject with. */
  end(reason: Error): void {
    this.#ended ??= reason;
    for (const pending of this.#pending.values()) pending.onError(this.#ended);
    this.#pending.clear();
  }

  /** Closes the channel, which ends the process, and kills it if that takes too long. Resolves when it has gone. */
  async close(): Promise<void> {
    this.end(new Error('The collector is closed'));
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), closeGraceMs);
    await this.#exited;
    clearTimeout(timer);
  }

  #fail(what: string): void {
    if (this.#ended) return;
    const said = this.#stderr.trim();
    this.end(new Error(`The collector process ${what}${said === '' ? '' : `: ${said}`}`));
    this.#rejectFailed(this.#ended);
  }

  #receive(message: unknown): void {
    const parsed = collectorReplySchema.safeParse(message);
    if (!parsed.success) {
      this.#fail('said something that is no reply');
      return;
    }
    const reply = parsed.data;
    const pending = this.#pending.get(reply.call);
    this.#pending.delete(reply.call);
    if (reply.type === 'done') pending?.onValue(reply.value);
    else pending?.onError(new Error(reply.reason));
  }
}
