import type { RandomStream } from '../../shared/random';
import type { CompiledRequest } from './compileRequest';
import { createCookieJar, type CookieJar } from './cookieJar';
import type { Answer } from './httpConnection';
import type { WireRequest } from './wireRequest';

/** What one simulated user knows: cookies and extracted values. */
export interface Session {
  fill(request: CompiledRequest, random: RandomStream, requestId: string): WireRequest;
  /** Learns from a complete answer. Yields why that failed, or null. */
  learn(request: CompiledRequest, path: string, answer: Answer): string | null;
  /** The same cookies, a copy of the values: what steps extract stays among themselves. */
  fork(): Session;
}

export function createSession(origin: string): Session {
  return sessionOf(createCookieJar(new URL(origin).hostname), new Map());
}

function sessionOf(cookies: CookieJar, values: Map<string, string>): Session {
  return {
    fill: (request, random, requestId) => {
      const path = request.path.fill(random, values, encodeURIComponent);
      const headers = ['x-request-id', requestId];
      let cookie = cookies.header(path);
      for (const { name, value } of request.headers) {
        const text = value.fill(random, values);
        if (name === 'cookie') cookie = cookie === '' ? text : `${text}; ${cookie}`;
        else headers.push(name, text);
      }
      if (cookie !== '') headers.push('cookie', cookie);
      return { method: request.method, path, headers, body: request.body?.(random, values) ?? null };
    },
    learn: (request, path, answer) => {
      const setCookie = answer.headers['set-cookie'];
      if (setCookie !== undefined) cookies.store(Array.isArray(setCookie) ? setCookie : [setCookie], path);
      const missing: string[] = [];
      for (const extraction of request.extractions) {
        const value = extraction.read({ headers: answer.headers, body: answer.body, cookies });
        if (value === undefined) missing.push(extraction.name);
        else values.set(extraction.name, value);
      }
      return missing.length === 0 ? null : `no ${missing.join(', ')} in the answer`;
    },
    fork: () => sessionOf(cookies, new Map(values)),
  };
}
