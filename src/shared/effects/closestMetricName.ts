import { metrics } from '../metrics';

/** The metric that `name` most likely means: one that holds it, else the one that is the fewest edits away (Levenshtein 1966). */
export function closestMetricName(name: string): string {
  const names = metrics.map((metric) => metric.name);
  const holding = names.find((candidate) => candidate.includes(name));
  return holding ?? names.reduce((best, candidate) => (edits(name, candidate) < edits(name, best) ? candidate : best));
}

function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const substituted = at(row, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
