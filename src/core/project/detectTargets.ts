import path from 'node:path';
import type { AppEntry, DetectedTarget } from './appEntry';
import { detectDjango } from './detectDjango';
import { detectFlask } from './detectFlask';
import { modulePlace, readProjectTree, startFolder, textIn, type ProjectFolder } from './projectTree';

type Found = Omit<DetectedTarget, 'name'>;

/**
 * The Django and Flask apps of a folder, found by what stands in their files; nothing of them is run. Their command is the framework's
 * own server, without reloader and debugger: `serverCommand` puts a better one in its place where the interpreter has one.
 */
export async function detectTargets(folder: string): Promise<readonly DetectedTarget[]> {
  const root = path.resolve(folder);
  const tree = await readProjectTree(root);
  const django = (await Promise.all(tree.map(async (each) => detectDjango(root, tree, each)))).filter(
    (found) => found !== null,
  );
  const djangoFolders = new Set(django.map(({ spec }) => spec.cwd));
  const flask = (await detectFlask(root, tree)).filter(({ spec }) => !djangoFolders.has(spec.cwd));
  const found = [...django, ...flask].sort((a, b) => depthOf(a) - depthOf(b) || compareText(a.spec.cwd, b.spec.cwd));
  const celery = await celeryModules(root, tree);
  return withNames(
    found.map((each) => ({
      ...each,
      entry: { ...each.entry, celeryModules: celery.filter(({ cwd }) => cwd === each.spec.cwd).map((at) => at.module) },
    })),
  );
}

/** The framework of the app that runs in this very folder; null when nothing there tells. */
export async function detectFramework(folder: string): Promise<AppEntry['framework'] | null> {
  const own = (await detectTargets(folder)).find(({ spec }) => spec.cwd === '.');
  return own?.entry.framework ?? null;
}

function depthOf({ spec }: Found): number {
  return spec.cwd === '.' ? 0 : spec.cwd.split(path.sep).length;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An app is called after its folder, in the root after its framework; several in one folder after their modules. */
function withNames(found: readonly Found[]): DetectedTarget[] {
  const taken = new Set<string>();
  return found.map((each) => {
    const { cwd } = each.spec;
    const isAlone = found.filter(({ spec }) => spec.cwd === cwd).length === 1;
    const folder = cwd === '.' ? each.entry.framework : cwd.split(path.sep).join('-');
    const module = each.entry.wsgi?.split(':')[0]?.replaceAll('.', '-') ?? folder;
    const wanted = isAlone ? folder : module;
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
    taken.add(name);
    return { ...each, name };
  });
}

const celeryFiles = ['celery.py', 'celery_app.py', 'celeryapp.py', 'tasks.py', 'worker.py', 'make_celery.py'];

/** Modules in which a Celery app is made, with the folder that they are imported from, relative to the root. */
async function celeryModules(
  root: string,
  tree: readonly ProjectFolder[],
): Promise<readonly { readonly module: string; readonly cwd: string }[]> {
  const found = await Promise.all(
    tree.flatMap((folder) =>
      [...celeryFiles, 'app.py', '__init__.py'].map(async (file) => {
        if (!/^\w+\s*=\s*(?:celery\.)?Celery\(/m.test(await textIn(folder, file))) return [];
        const { module, importRoot } = modulePlace(tree, folder, file);
        return [{ module, cwd: path.relative(root, startFolder(root, importRoot).cwd) || '.' }];
      }),
    ),
  );
  return found.flat();
}
