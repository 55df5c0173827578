import { builtinModules } from 'node:module';
import path from 'node:path';
import {
  commonFiles,
  commonWords,
  layerLaws,
  roomLaws,
  roomsOfExtension,
  singleArrows,
  type Layer,
} from './layerTables';
import { scanImports, type FoundImport } from './scanImports';

/** Sources by path from the checkout's root, with `/`: `src/core/trial/runTrial.ts` → text. */
export type Sources = Readonly<Record<string, string>>;

interface Place {
  readonly layer: Layer;
  /** Path without extension from the layer's folder: `trial/runTrial`. */
  readonly file: string;
  /** Its first folder, or its own name where it lies directly in the layer's folder. */
  readonly room: string;
}

/** Tests, and what only tests use (`testX.ts`), may import as they like; nothing else may import them. */
const testFile = /(?:\.test|\/test[A-Z]\w*)\.ts$/;

/** Every import that the tables do not allow, as `file:line imports 'specifier': why`. */
export function checkLayers(sources: Sources): readonly string[] {
  return Object.entries(sources)
    .filter(([file]) => !testFile.test(file))
    .flatMap(([file, text]) =>
      scanImports(file, text).flatMap((found) => {
        const why = objection(file, found);
        return why === undefined ? [] : [`${file}:${found.line} imports '${found.specifier}': ${why}`];
      }),
    );
}

/** The file that a relative import means, without resolving it on disk; undefined for packages. */
export function importedPath(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const joined = path.posix.join(path.posix.dirname(file), specifier);
  return /\.(?:ts|json|css)$/.test(joined) ? joined : `${joined.replace(/\.js$/, '')}.ts`;
}

function objection(file: string, found: FoundImport): string | undefined {
  const from = placeOf(file);
  if (from === undefined) return 'this file lies in no known layer';
  const target = importedPath(file, found.specifier);
  if (target === undefined) return packageObjection(from.layer, found.specifier);
  if (testFile.test(target)) return 'only tests may import test files';
  const to = placeOf(target);
  if (to === undefined) {
    return layerLaws[from.layer].rootFiles.includes(target) ? undefined : `${from.layer} may not import ${target}`;
  }
  return from.layer === to.layer ? roomObjection(from, to) : layerObjection(from, to, found);
}

function packageObjection(layer: Layer, specifier: string): string | undefined {
  const { packages, mayUseNode } = layerLaws[layer];
  if (specifier.startsWith('node:')) return mayUseNode ? undefined : `${layer} may not import from Node`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (builtinModules.includes(name)) return `Node's own modules are written node:${specifier}`;
  const isAllowed = packages.some((allowed) =>
    allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed,
  );
  return isAllowed ? undefined : `${layer} may not use the package ${name}`;
}

function layerObjection(from: Place, to: Place, found: FoundImport): string | undefined {
  if (!layerLaws[from.layer].layers.includes(to.layer)) return `${from.layer} may not import ${to.layer}`;
  if (from.layer === 'extension' && to.layer === 'core' && !found.isTypeOnly && !roomsOfExtension.includes(to.room)) {
    return `extension may import only types of core/${to.room} (import type)`;
  }
  return undefined;
}

function roomObjection(from: Place, to: Place): string | undefined {
  if (from.layer !== 'core' || from.room === to.room || [...commonFiles, ...commonWords].includes(to.file)) {
    return undefined;
  }
  if (commonFiles.includes(from.file)) return `core/${from.file} is for every room, so it may import none`;
  const allowed = roomLaws[from.room];
  if (allowed === undefined) return `core/${from.room} is not in the table of rooms (test/layers/layerTables.ts)`;
  if (allowed.includes(to.room) || singleArrows[from.room]?.includes(to.file) === true) return undefined;
  return `core/${from.room} may not import core/${to.room}`;
}

function placeOf(file: string): Place | undefined {
  const match = /^(?:src\/)?(shared|core|cli|extension|webview)\/(.+?)(?:\.\w+)?$/.exec(file);
  const [, layer, rest] = match ?? [];
  if (rest === undefined || !isLayer(layer)) return undefined;
  return { layer, file: rest, room: rest.split('/')[0] ?? rest };
}

function isLayer(name: string | undefined): name is Layer {
  return name !== undefined && name in layerLaws;
}
