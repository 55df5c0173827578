import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../shared/userError';
import { unixMs } from '../sample/unixMs';
import { explainExit } from './explainExit';
import { findGroupMembers } from './findRunProcesses';
import { lastLines } from './lastLines';
import { listenedPorts } from './portOwner';
import { probeReady, type Probe } from './probeReady';
import type { ManagedProcess } from './processes';

/** What is waited for. An app that is not ours to run has no `pid`, says nothing and never ends. */
export type AwaitedProcess = Pick<ManagedProcess, 'name' | 'startedAtMs' | 'exited' | 'hasExited' | 'tail'> &
  Partial<Pick<ManagedProcess, 'pid'>>;

export interface ReadyOptions {
  /** `http://127.0.0.1:5000` */
  readonly origin: string;
  readonly path: string;
  /** Whether a 4xx is a good answer as well: the path is a guess, and any answer shows that the app is up. */
  readonly isAnyAnswerReady?: boolean;
  readonly process: AwaitedProcess;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** The probes carry `<requestId>-1`, `<requestId>-2`, … as X-Request-ID. Letters, digits and hyphens. */
  readonly requestId: string;
  /** For the advice on a missing module; `python` when left out. */
  readonly pythonPath?: string;
}

export interface Readiness {
  /** From the start of the process to the end of the first good answer. */
  readonly startupMs: number;
  /** Of the request that got it. */
  readonly readyProbeMs: number;
  readonly status: number;
}

const pauseMs = 50;
/** A connection may have been taken by something that will never answer it: then a new one is tried. */
const probeLimitMs = 10_000;

/**
 * Asks for the ready path, one request at a time, each on a new connection, until an answer is 200–399. A redirect (to a
 * login, say) is an answer; 5xx and refused connections are asked again; 4xx fails at once, for it would stay so.
 * Throws a UserError for that, when the process ends before, and after `timeoutSeconds`; the signal's reason on abort.
 */
export async function waitUntilReady(options: ReadyOptions): Promise<Readiness> {
  const { origin, path, process, timeoutSeconds, signal, requestId } = options;
  const url = new URL(path, origin);
  const gone = new AbortController();
  void process.exited.then(() => gone.abort());
  const either = AbortSignal.any([signal, gone.signal]);
  const limitMs = performance.now() + timeoutSeconds * 1000;
  let last: Probe | null = null;

  for (let count = 1; ; count += 1) {
    signal.throwIfAborted();
    const leftMs = limitMs - performance.now();
    if (leftMs <= 0) {
      throw notReady(options, last);
    }
    const probe = await probeReady({
      url,
      requestId: `${requestId}-${count}`,
      signal: either,
      limitMs: Math.min(leftMs, probeLimitMs),
    });
    signal.throwIfAborted();
    // Whoever answered then, it was not this process.
    if (process.hasExited()) {
      const exit = await process.exited;
      throw explainExit({
        name: process.name,
        exit,
        lines: process.tail(),
        pythonPath: options.pythonPath ?? 'python',
      });
    }
    if (probe.type === 'answered' && probe.status < (options.isAnyAnswerReady ? 500 : 400)) {
      return { startupMs: unixMs() - process.startedAtMs, readyProbeMs: probe.durationMs, status: probe.status };
    }
    if (probe.type === 'answered' && probe.status < 500) {
      throw refusal(options, probe.status, probe.body);
    }
    last = moreTelling(last, probe);
    await wait(Math.min(pauseMs, Math.max(0, limitMs - performance.now())), undefined, { signal: either }).catch(
      () => undefined,
    );
  }
}

/** A probe that was cut off says less than an answer before it. */
function moreTelling(before: Probe | null, probe: Probe): Probe {
  const isCutOff = probe.type === 'failed' && probe.reason === 'no answer';
  return isCutOff && before?.type === 'answered' ? before : probe;
}

function refusal({ process, path, origin }: ReadyOptions, status: number, body: string): UserError {
  const sentence = `${process.name} answers ${path} with HTTP ${status}.`;
  switch (status) {
    case 400: {
      const isHost = /DisallowedHost|ALLOWED_HOSTS/.test(`${body}\n${process.tail().join('\n')}`);
      const host = new URL(origin).hostname;
      return new UserError('target', sentence, {
        hint: isHost
          ? `Django does not know the host: add ${host} to ALLOWED_HOSTS (with DEBUG=False nothing is allowed by itself).`
          : `In a Django app with DEBUG=False this is mostly ALLOWED_HOSTS: add ${host}. Else set "ready" to a path that answers a plain GET.`,
      });
    }
    case 401:
    case 403:
      return new UserError('target', sentence, {
        hint: 'Set "ready" of the target (or --ready) to a path that needs no login.',
      });
    case 404:
      return new UserError('target', sentence, {
        hint: 'Set "ready" of the target (or --ready) to a path that the app has, such as its start page.',
      });
    default:
      return new UserError('target', sentence, {
        hint: 'Set "ready" of the target (or --ready) to a path that answers a plain GET with 200–399.',
      });
  }
}

function notReady({ process, path, origin, timeoutSeconds }: ReadyOptions, last: Probe | null): UserError {
  const sentence = `${process.name} was not ready after ${timeoutSeconds} s: ${origin}${path} ${lastSeen(last)}.`;
  const port = Number(new URL(origin).port);
  const { pid } = process;
  if (pid === undefined) {
    return new UserError('target', sentence, {
      hint: 'Does "start" have it listen there, on an address that this machine reaches?',
    });
  }
  const others = listenedPorts(findGroupMembers(pid)).filter((other) => other !== port);
  const isRefused = last?.type === 'failed' && last.reason === 'ECONNREFUSED';
  const advice =
    isRefused && others.length > 0
      ? `It listens on port ${others.join(', ')} instead of ${port}: write {port} into its "command", or set "port".`
      : isRefused
        ? 'Nothing listens there: is {port} in its "command", and does it listen on this host?'
        : 'Is that path one that it can answer without the rest of its surroundings?';
  return new UserError('target', sentence, { hint: `${advice} ${lastLines(process.tail())}` });
}

function lastSeen(last: Probe | null): string {
  if (last === null) {
    return 'was never asked';
  }
  if (last.type === 'answered') {
    return `last answered HTTP ${last.status}`;
  }
  return last.reason === 'no answer' ? 'took the connection but gave no answer' : `failed last with ${last.reason}`;
}
