import path from 'node:path';
import { targetSchema } from '../../shared/projectFile';
import type { AppEntry, DetectedTarget } from './appEntry';
import { modulePlace, textIn, type ProjectFolder } from './projectTree';

/** A Django project: a `manage.py` that calls `execute_from_command_line`, its settings module and its WSGI and ASGI modules. */
export async function detectDjango(
  root: string,
  tree: readonly ProjectFolder[],
  folder: ProjectFolder,
): Promise<Omit<DetectedTarget, 'name'> | null> {
  const text = await textIn(folder, 'manage.py');
  if (!text.includes('execute_from_command_line')) return null;
  const settings = settingsIn(text);
  const wsgi = await serverModules(tree, folder, 'wsgi.py', 'get_wsgi_application');
  const asgi = await serverModules(tree, folder, 'asgi.py', 'get_asgi_application');
  const others = [...wsgi, ...asgi].flatMap((module) => module.settings ?? []).filter((name) => name !== settings);
  return {
    spec: targetSchema.parse({
      command: ['{python}', 'manage.py', 'runserver', '--noreload', '127.0.0.1:{port}'],
      cwd: path.relative(root, folder.path) || '.',
      port: 0,
      reset: { projectCopy: true },
    }),
    entry: {
      framework: 'django',
      wsgi: attributeOf(nearest(wsgi, settings)),
      asgi: attributeOf(nearest(asgi, settings)),
      ...(settings === null ? {} : { settings: { module: settings, others: [...new Set(others)] } }),
      celeryModules: [],
    } satisfies AppEntry,
  };
}

interface ServerModule {
  readonly module: string;
  readonly settings: string | null;
}

/** Those that can be imported from the folder of `manage.py`. */
async function serverModules(
  tree: readonly ProjectFolder[],
  { path: base }: ProjectFolder,
  file: string,
  call: string,
): Promise<readonly ServerModule[]> {
  const below = tree.filter((folder) => folder.path.startsWith(base + path.sep) || folder.path === base);
  const found = await Promise.all(
    below.map(async (folder) => {
      const text = await textIn(folder, file);
      if (!text.includes(call)) return [];
      const { module, importRoot } = modulePlace(tree, folder, file);
      // A folder without __init__.py is a package all the same, of the namespace kind.
      const outer = path.relative(base, importRoot).split(path.sep).filter(Boolean);
      return [{ module: [...outer, module].join('.'), settings: settingsIn(text) }];
    }),
  );
  return found.flat();
}

/** The one beside the settings, else the first. */
function nearest(modules: readonly ServerModule[], settings: string | null): ServerModule | undefined {
  const [top] = settings?.split('.') ?? [];
  return modules.find(({ module }) => module.split('.')[0] === top) ?? modules[0];
}

function attributeOf(found: ServerModule | undefined): string | null {
  return found ? `${found.module}:application` : null;
}

function settingsIn(text: string): string | null {
  return /DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(text)?.[1] ?? null;
}
