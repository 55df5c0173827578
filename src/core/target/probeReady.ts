import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What one look at the ready path saw. */
export type Probe =
  | {
      readonly type: 'answered';
      readonly status: number;
      readonly body: string;
      /** Of a redirect; empty when there is none. */
      readonly location: string;
      readonly durationMs: number;
    }
  /** `reason` as the system calls it: ECONNREFUSED, ECONNRESET, …, or `no answer`. */
  | { readonly type: 'failed'; readonly reason: string };

export interface ProbeOptions {
  readonly url: URL;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

const keptBodyBytes = 64 * 1024;

/** One GET on a connection of its own, redirects not followed. Never rejects: an abort is a failed probe. */
export function probeReady({ url, requestId, signal, limitMs }: ProbeOptions): Promise<Probe> {
  const startMs = performance.now();
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const limit = AbortSignal.timeout(Math.max(1, Math.ceil(limitMs)));
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      resolve({ type: 'failed', reason: limit.aborted ? 'no answer' : (error.code ?? error.message) });
    const request = send(
      url,
      {
        agent: false,
        signal: AbortSignal.any([signal, limit]),
        headers: { accept: '*/*', connection: 'close', 'user-agent': 'insights-comparison', 'x-request-id': requestId },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          body += body.length < keptBodyBytes ? text : '';
        });
        response.on('error', fail);
        response.on('end', () =>
          resolve({
            type: 'answered',
            status: response.statusCode ?? 0,
            body,
            location: response.headers.location ?? '',
            durationMs: performance.now() - startMs,
          }),
        );
      },
    );
    request.on('error', fail);
    request.end();
  });
}
