import type { RequestSpec } from '../../shared/behaviour';

export interface WireRequest {
  readonly method: RequestSpec['method'];
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer | null;
}

/** Field values and request targets as HTTP can carry them: RFC 9110 5.5, RFC 9112 3.2. */
const notInValue = /[^\t\x20-\x7e\x80-\xff]/;
const notInTarget = /[^\x21-\xff]/;

/** The head of a request to `host` (RFC 9112), in Latin-1, to be followed by its body. A method that expects a body says so when there is none. */
export function requestHead({ method, path, headers, body }: WireRequest, host: string): string {
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`;
  for (let index = 0; index + 1 < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`;
  if (body !== null) return `${head}content-length: ${body.length}\r\n\r\n`;
  const expectsBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  return expectsBody ? `${head}content-length: 0\r\n\r\n` : `${head}\r\n`;
}

/** True when what was filled in can be sent: a line break in a value would begin a header, or a request, of its own. */
export function isSendable({ path, headers }: WireRequest): boolean {
  return !notInTarget.test(path) && headers.every((text) => !notInValue.test(text));
}
