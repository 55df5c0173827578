/** Memory at a moment, and how many requests had been answered by then. */
export interface RssPoint {
  readonly requests: number;
  readonly rssBytes: number;
}

/** Growth of memory in bytes per request: the slope of the least-squares line. 0 when the requests do not spread. */
export function rssSlopeBytesPerRequest(points: readonly RssPoint[]): number {
  const meanRequests = points.reduce((sum, point) => sum + point.requests, 0) / points.length;
  const meanBytes = points.reduce((sum, point) => sum + point.rssBytes, 0) / points.length;
  let products = 0;
  let squares = 0;
  for (const { requests, rssBytes } of points) {
    products += (requests - meanRequests) * (rssBytes - meanBytes);
    squares += (requests - meanRequests) ** 2;
  }
  return squares > 0 ? products / squares : 0;
}
