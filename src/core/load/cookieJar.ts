import { parseCookie } from 'undici';

/** The cookies of one simulated user at one origin. */
export interface CookieJar {
  /** Takes the `Set-Cookie` headers of an answer to a request for `path`. */
  store(setCookies: readonly string[], path: string): void;
  /** The `Cookie` header of a request for `path`; empty when there is none to send. */
  header(path: string): string;
  /** The value of the cookie of that name, whatever its path; undefined when there is none. */
  value(name: string): string | undefined;
}

interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly expiresAtMs: number;
}

/**
 * RFC 6265, sections 5.1.4, 5.3 and 5.4, for one host: a cookie for another domain is refused. `Secure` is not asked for:
 * a target on this machine counts as trustworthy, as browsers treat localhost. `nowMs` is Unix time.
 */
export function createCookieJar(hostname: string, nowMs: () => number = Date.now): CookieJar {
  const cookies = new Map<string, StoredCookie>();
  const isAlive = (cookie: StoredCookie): boolean => cookie.expiresAtMs > nowMs();
  return {
    store: (setCookies, path) => {
      for (const text of setCookies) {
        const cookie = readSetCookie(text, hostname, path, nowMs());
        if (cookie === undefined) continue;
        const key = `${cookie.name}\u0000${cookie.path}`;
        if (isAlive(cookie)) cookies.set(key, cookie);
        else cookies.delete(key);
      }
    },
    header: (path) => {
      if (cookies.size === 0) return '';
      const wanted = pathOnly(path);
      const sent = [...cookies.values()].filter((cookie) => isAlive(cookie) && isPathMatch(wanted, cookie.path));
      sent.sort((a, b) => b.path.length - a.path.length);
      return sent.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ');
    },
    value: (name) => [...cookies.values()].findLast((cookie) => cookie.name === name && isAlive(cookie))?.value,
  };
}

function readSetCookie(text: string, hostname: string, requestPath: string, nowMs: number): StoredCookie | undefined {
  const parsed = parseCookie(text);
  if (parsed === null || (parsed.name === '' && parsed.value === '')) return undefined;
  const { domain } = parsed;
  if (domain !== undefined && domain !== '' && domain !== hostname && !hostname.endsWith(`.${domain}`))
    return undefined;
  return {
    name: parsed.name,
    value: parsed.value,
    path: parsed.path ?? defaultPath(pathOnly(requestPath)),
    expiresAtMs: expiry(text, parsed.maxAge, parsed.expires, nowMs),
  };
}

/** `Max-Age` goes before `Expires`; neither means until the end of the session, that is of the trial. */
function expiry(
  text: string,
  maxAgeSeconds: number | undefined,
  expires: Date | number | undefined,
  nowMs: number,
): number {
  if (maxAgeSeconds !== undefined) return maxAgeSeconds <= 0 ? 0 : nowMs + maxAgeSeconds * 1000;
  // undici's parser passes over a negative Max-Age, which RFC 6265 5.2.2 makes a deletion.
  if (/;\s*max-age\s*=\s*-\d/i.test(text)) return 0;
  const atMs = expires === undefined ? NaN : Number(expires);
  return Number.isNaN(atMs) ? Infinity : atMs;
}

function pathOnly(path: string): string {
  const end = path.search(/[?#]/);
  return end === -1 ? path : path.slice(0, end);
}

function defaultPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

function isPathMatch(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/');
}
