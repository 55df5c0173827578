import { importedPath, type Sources } from './checkLayers';
import { scanImports } from './scanImports';

/**
 * One cycle of each set of files that import each other round about, types included, as `a → b → a`.
 * Depth first; a file is finished when all it imports is finished (Cormen et al., *Introduction to Algorithms*, 22.3).
 */
export function findCycles(sources: Sources): readonly string[] {
  const edges = new Map(Object.entries(sources).map(([file, text]) => [file, importsOf(file, text, sources)]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' → '));
    if (start >= 0 || finished.has(file)) return;
    for (const imported of edges.get(file) ?? []) visit(imported, [...trail, file]);
    finished.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}

function importsOf(file: string, text: string, sources: Sources): readonly string[] {
  const paths = scanImports(file, text).map(({ specifier }) => importedPath(file, specifier));
  return [...new Set(paths.filter((path) => path !== undefined && path in sources))].filter(
    (path) => path !== undefined,
  );
}
