import type { AppRoute } from './inspectApp';

/** A route that no load asks for, with the reason in words. */
export interface LeftOutRoute {
  readonly path: string;
  readonly reason: string;
}

export interface ChosenRoutes {
  /** To be tried, each once; those without parameters first. */
  readonly candidates: readonly AppRoute[];
  readonly leftOut: readonly LeftOutRoute[];
}

/** As many as a rehearsal can try in some seconds. */
const mostCandidates = 60;

/** Words in a path or a view's name that say that a GET may change or end something. */
const unsafeWords =
  'logout|signout|delete|remove|destroy|drop|purge|clear|flush|wipe|erase|reset|cancel|unsubscribe|deactivate|disable|revoke|shutdown|restart|reboot|kill|stop|quit|exit|checkout|pay|send|import|migrate|sync|trigger|execute';
const unsafe = new RegExp(
  String.raw`(?:^|[^a-z])(?:${unsafeWords}|log[-_]out|sign[-_]out|log[-_]off)(?:[^a-z]|$)`,
  'i',
);

/** Which routes may be tried, in which order: every path once, none that is unsafe by its name. */
export function chooseRoutes(routes: readonly AppRoute[]): ChosenRoutes {
  const candidates: AppRoute[] = [];
  const leftOut: LeftOutRoute[] = [];
  const ordered = [
    ...inTurn(routes.filter(({ hasParameters }) => !hasParameters)),
    ...inTurn(routes.filter(({ hasParameters }) => hasParameters)),
  ];
  for (const route of ordered) {
    if (candidates.some(({ path }) => path === route.path)) continue;
    const word = unsafeWord(route);
    if (word !== null) leftOut.push({ path: route.pattern, reason: `unsafe by its name (${word})` });
    else if (candidates.length >= mostCandidates)
      leftOut.push({ path: route.pattern, reason: `behind the ${mostCandidates} that are tried` });
    else candidates.push(route);
  }
  return { candidates, leftOut };
}

/** The part of an app that a path leads into: its first piece. */
export function areaOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** One of each area after the other: hundreds of routes of an admin area must not keep the rest from being tried. */
function inTurn(routes: readonly AppRoute[]): AppRoute[] {
  const areas = new Map<string, AppRoute[]>();
  for (const route of routes) {
    const area = areaOf(route.path);
    areas.set(area, [...(areas.get(area) ?? []), route]);
  }
  const longest = Math.max(0, ...[...areas.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => [...areas.values()].flatMap((area) => area[turn] ?? [])).flat();
}

/** camelCase counts as words: `deleteItem`, `LogoutView`. */
function unsafeWord({ pattern, view }: AppRoute): string | null {
  const name = view.slice(view.lastIndexOf('.') + 1);
  const found = [pattern, name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')].map((text) => unsafe.exec(text)?.[0]);
  return (
    found
      .find((match) => match !== undefined)
      ?.replaceAll(/[^a-z]/gi, '')
      .toLowerCase() ?? null
  );
}
