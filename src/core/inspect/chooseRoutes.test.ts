import { expect, test } from 'vitest';
import { chooseRoutes } from './chooseRoutes';
import type { AppRoute } from './inspectApp';

function route(pattern: string, { view = 'shop.views.page', hasParameters = false }: Partial<AppRoute> = {}): AppRoute {
  return { path: pattern, pattern, view, hasParameters };
}

test('routes without parameters come first, each path once', () => {
  const routes = [route('/items/1/', { hasParameters: true }), route('/'), route('/items/'), route('/')];
  expect(chooseRoutes(routes)).toEqual({ candidates: [routes[1], routes[2], routes[0]], leftOut: [] });
});

test('an area with many routes does not keep the others from being tried', () => {
  const admin = Array.from({ length: 200 }, (_, index) => route(`/admin/${index}/`));
  const { candidates } = chooseRoutes([...admin, route('/search/'), route('/shop/a/'), route('/shop/b/'), route('/')]);
  expect(candidates.slice(0, 6).map(({ path }) => path)).toEqual([
    ...['/admin/0/', '/search/', '/shop/a/', '/'],
    ...['/admin/1/', '/shop/b/'],
  ]);
  expect(candidates).toHaveLength(60);
});

test.each([
  ['/logout/', undefined, 'logout'],
  ['/accounts/log-out', undefined, 'logout'],
  ['/items/1/delete', undefined, 'delete'],
  ['/cache', 'shop.views.clear_cache', 'clear'],
  ['/session', 'shop.views.LogoutView', 'logout'],
  ['/basket', 'shop.views.emptyCart.removeItem', 'remove'],
])('%s (%s) is unsafe by its name', (pattern, view, word) => {
  const chosen = chooseRoutes([route(pattern, view === undefined ? {} : { view })]);
  expect(chosen).toEqual({ candidates: [], leftOut: [{ path: pattern, reason: `unsafe by its name (${word})` }] });
});

test.each(['/deleted-items/', '/payments/', '/clearance/', '/restaurants/', '/presets/', '/senders'])(
  '%s is safe: an unsafe word is a whole one',
  (pattern) => {
    expect(chooseRoutes([route(pattern)]).candidates).toHaveLength(1);
  },
);

test('what is too much to try is named', () => {
  const { candidates, leftOut } = chooseRoutes(Array.from({ length: 70 }, (_, index) => route(`/page${index}`)));
  expect(candidates).toHaveLength(60);
  expect(leftOut).toHaveLength(10);
  expect(leftOut[0]).toEqual({ path: '/page60', reason: 'behind the 60 that are tried' });
});
