import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppRoute } from '../inspect/inspectApp';
import { tryRoutes, withReadyPage } from './tryRoutes';

let server: Server;
let origin: string;
const asked: { path: string | undefined; id: unknown }[] = [];

beforeEach(async () => {
  asked.length = 0;
  server = createServer((request, response) => {
    const { url = '' } = request;
    asked.push({ path: url, id: request.headers['x-request-id'] });
    const [, status = '200', location] = /^\/(\d+)(?:\/to(.*))?$/.exec(url) ?? [];
    const isClosed = url.startsWith('/closed/') || (url.startsWith('/mixed/') && url !== '/mixed/2');
    response.writeHead(
      isClosed ? 302 : Number(status),
      isClosed ? { location: '/login/' } : { location: location ?? '' },
    );
    response.end(status === '400' ? 'Invalid HTTP_HOST header: DisallowedHost' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const route = (path: string, hasParameters = false): AppRoute => ({ path, pattern: path, view: 'v', hasParameters });
const tried = async (...routes: readonly AppRoute[]) =>
  tryRoutes(routes, { origin, requestIdPrefix: 'run1t0' }, new AbortController().signal);

test('a route that answers well is usable; each is asked for once, under an id that nobody verifies', async () => {
  expect(await tried(route('/'), route('/about/'))).toEqual({ usable: ['/', '/about/'], leftOut: [] });
  expect(asked).toEqual([
    { path: '/', id: 'run1t0try0' },
    { path: '/about/', id: 'run1t0try1' },
  ]);
});

test.each([
  ['/302/to/accounts/login/', 'needs a login'],
  ['/301/tohttps://shop.example/', 'insists on https'],
  ['/302/to/elsewhere/', 'redirects to /elsewhere/'],
  ['/403', 'needs a login (HTTP 403)'],
  ['/400', 'refuses 127.0.0.1 as host (ALLOWED_HOSTS)'],
  ['/405', 'answers HTTP 405'],
  ['/500', 'fails with HTTP 500'],
])('%s is left out: %s', async (path, reason) => {
  expect(await tried(route(path))).toEqual({ usable: [], leftOut: [{ path, reason }] });
});

test('a parameter that leads nowhere is told as such', async () => {
  expect((await tried(route('/404', true))).leftOut).toEqual([{ path: '/404', reason: 'has nothing at /404' }]);
});

test('of an area behind a login five are tried; one that is open keeps its area open', async () => {
  const pages = (area: string): AppRoute[] => Array.from({ length: 9 }, (_, index) => route(`/${area}/${index}`));
  const { usable, leftOut } = await tried(...pages('closed'), ...pages('mixed'));
  expect(usable).toEqual(['/mixed/2']);
  expect(asked.filter(({ path }) => path?.startsWith('/closed/'))).toHaveLength(5);
  expect(asked.filter(({ path }) => path?.startsWith('/mixed/'))).toHaveLength(9);
  expect(leftOut.at(-2)?.reason).toBe('not tried: what was tried below /closed/ needs a login');
});

test('the ready page is tried too, first, when no route names it', () => {
  const about = route('/about/');
  expect(withReadyPage([about], '/').map(({ path }) => path)).toEqual(['/', '/about/']);
  expect(withReadyPage([about, route('/')], '/').map(({ path }) => path)).toEqual(['/about/', '/']);
});
