import { areaOf, chooseRoutes, type LeftOutRoute } from '../inspect/chooseRoutes';
import type { AppRoute } from '../inspect/inspectApp';
import { probeReady, type Probe } from '../target/probeReady';
import type { LiveTarget } from './liveTarget';

/** What came of asking an app for its own routes. */
export interface RoutesTried {
  /** Paths that answered well, the plainer ones first. */
  readonly usable: readonly string[];
  readonly leftOut: readonly LeftOutRoute[];
}

/** A page that takes longer would fill a trial by itself. */
const slowestMs = 2_000;
const answerLimitMs = 5_000;
/** The first minute is the user's: what is not tried by then is left out. */
const wholeLimitMs = 30_000;
const needsLogin = 'needs a login';
/** After so many of an area that need a login, and none that does not, the rest of it is taken to need one. */
const fewestClosed = 5;

/** The routes with the page that the app is waited for: behind a catch-all pattern, which names no path, it is often the start page. */
export function withReadyPage(routes: readonly AppRoute[], readyPath: string): readonly AppRoute[] {
  if (routes.some(({ path }) => path === readyPath)) return routes;
  return [{ path: readyPath, pattern: readyPath, view: '', hasParameters: false }, ...routes];
}

/** Asks for each safe route once, one after the other. Rejects with the signal's reason alone. */
export async function tryRoutes(
  routes: readonly AppRoute[],
  { origin, requestIdPrefix }: Pick<LiveTarget, 'origin' | 'requestIdPrefix'>,
  signal: AbortSignal,
): Promise<RoutesTried> {
  const chosen = chooseRoutes(routes);
  const usable: string[] = [];
  const leftOut = [...chosen.leftOut];
  const endMs = performance.now() + wholeLimitMs;
  const closed = new Map<string, number>();
  for (const [index, route] of chosen.candidates.entries()) {
    signal.throwIfAborted();
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) {
      leftOut.push({ path: route.path, reason: 'not tried: the others took too long' });
      continue;
    }
    const area = areaOf(route.path);
    if ((closed.get(area) ?? 0) >= fewestClosed) {
      leftOut.push({ path: route.pattern, reason: `not tried: what was tried below /${area}/ needs a login` });
      continue;
    }
    const probe = await probeReady({
      url: new URL(route.path, origin),
      requestId: `${requestIdPrefix}try${index}`,
      signal,
      limitMs: Math.min(answerLimitMs, leftMs),
    });
    const reason = reasonAgainst(route, probe);
    if (reason === null) usable.push(route.path);
    else leftOut.push({ path: route.pattern, reason });
    if (reason === null) closed.set(area, -Infinity);
    else if (reason.startsWith(needsLogin)) closed.set(area, (closed.get(area) ?? 0) + 1);
  }
  return { usable, leftOut };
}

/** Why a route is no part of a load; null: it is. */
function reasonAgainst({ hasParameters, path }: AppRoute, probe: Probe): string | null {
  if (probe.type === 'failed') return probe.reason === 'no answer' ? 'no answer in 5 s' : probe.reason;
  const { status, location, durationMs, body } = probe;
  if (status >= 500) return `fails with HTTP ${status}`;
  if (status === 401 || status === 403) return `${needsLogin} (HTTP ${status})`;
  if (status === 400 && /DisallowedHost|ALLOWED_HOSTS/.test(body)) return 'refuses 127.0.0.1 as host (ALLOWED_HOSTS)';
  if (status === 404 && hasParameters) return `has nothing at ${path}`;
  if (status >= 400) return `answers HTTP ${status}`;
  if (status >= 300) return redirectReason(location);
  return durationMs > slowestMs ? `takes ${(durationMs / 1000).toFixed(1)} s` : null;
}

function redirectReason(location: string): string {
  if (location.startsWith('https://')) return 'insists on https';
  if (/log[-_]?in|sign[-_]?in|\bauth\b/i.test(location)) return needsLogin;
  return `redirects to ${location.slice(0, 80)}`;
}
