import { closest, distance } from 'fastest-levenshtein';

/** A hint for a name that does not exist: the nearest one when it looks like a typo, else all of them. */
export function nearestOf(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'There are none.';
  const near = closest(name, [...known]);
  return distance(near, name) <= Math.max(2, name.length / 3)
    ? `Did you mean ${near}?`
    : `There are: ${known.join(', ')}.`;
}
