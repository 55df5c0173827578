/** `2026-11-28 21:05` of an ISO time in UTC. */
export function utcMinute(isoTime: string): string {
  return isoTime.slice(0, 16).replace('T', ' ');
}
