const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection closed',
  ETIMEDOUT: 'timed out',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  EADDRNOTAVAIL: 'no local port left',
  EMFILE: 'too many open files',
  UND_ERR_INVALID_ARG: 'invalid request',
  UND_ERR_HEADERS_OVERFLOW: 'malformed answer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'malformed answer',
};

/** The reasons of a connection that ended without our doing: what a kept connection dies of when the server drops it. */
const lostConnection: ReadonlySet<string> = new Set(['connection reset', 'connection closed']);

/** A few words for a connection error, the same for the same cause: they are counted. */
export function failureReason(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('HPE_')) return 'malformed answer';
  return reasons[code] ?? (code === '' ? error.message.slice(0, 60) : code);
}

/** True for the end of a connection that was kept open, as against one that could not be made. */
export function isLostConnection(reason: string): boolean {
  return lostConnection.has(reason);
}
