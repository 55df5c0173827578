const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ETIMEDOUT: 'timed out',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  EADDRNOTAVAIL: 'no local port left',
  EMFILE: 'too many open files',
};

/** The reasons of a connection that ended without our doing: what a kept connection dies of when the server drops it. */
const lostConnection: ReadonlySet<string> = new Set(['connection reset', 'connection closed']);

/** A few words for a connection error, the same for the same cause: they are counted. */
export function failureReason(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? (code === '' ? error.message.slice(0, 60) : code);
}

/** True for the end of a connection that was kept open, as against one that could not be made. */
export function isLostConnection(reason: string): boolean {
  return lostConnection.has(reason);
}
