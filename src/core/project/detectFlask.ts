import path from 'node:path';
import { targetSchema } from '../../shared/projectFile';
import type { DetectedTarget } from './appEntry';
import { modulePlace, startFolder, textIn, type ProjectFolder } from './projectTree';

/** A module in which a Flask app is made. */
interface FlaskModule {
  readonly folder: ProjectFolder;
  readonly module: string;
  readonly importRoot: string;
  readonly text: string;
  /** The name of the app object, or of the factory with `()` behind it. */
  readonly attribute: string;
  readonly isFactory: boolean;
}

/** What an app's module is called, the likelier names first. */
const fileNames = [
  'wsgi.py',
  'app.py',
  'main.py',
  'application.py',
  'server.py',
  'run.py',
  'factory.py',
  '__init__.py',
];

/** What `flask run` reads, the later over the earlier: python-dotenv fills unset names alone, `.env` first. */
const flaskEnvFiles = ['.flaskenv', '.env'];

const instance = /^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?:flask\.)?Flask\(/m;
const factory = /^def ((?:create|make|build)_(?:app|application))\(/m;
const madeByFactory = /^(\w+)\s*=\s*(?:[\w.]+\.)?(?:create|make|build)_(?:app|application)\(/m;
const mentionsFlask = /\bFlask\(|\bfrom flask\b|\bimport flask\b/;

/**
 * The Flask apps of a project: a module with `… = Flask(`, one that calls a factory, or the factory itself. A factory that such a
 * module calls is no app of its own.
 */
export async function detectFlask(
  root: string,
  tree: readonly ProjectFolder[],
): Promise<readonly Omit<DetectedTarget, 'name'>[]> {
  const modules = (await Promise.all(tree.map(async (folder) => modulesIn(tree, folder)))).flat();
  // Whatever else calls something create_app is no Flask app.
  const hasFlask = modules.some(({ text }) => mentionsFlask.test(text));
  const made = modules.filter(({ isFactory, text }) => !isFactory && (hasFlask || mentionsFlask.test(text)));
  const factories = modules.filter(
    (found) => found.isFactory && !made.some((other) => isSameApp(found, other)) && mentionsFlask.test(found.text),
  );
  return [...firstOfEach(made), ...firstOfEach(factories)].map((found) => describe(root, tree, found));
}

async function modulesIn(tree: readonly ProjectFolder[], folder: ProjectFolder): Promise<FlaskModule[]> {
  const found: FlaskModule[] = [];
  for (const file of new Set([...(await namedFiles(folder)), ...fileNames])) {
    const text = await textIn(folder, file);
    const made = instance.exec(text)?.[1] ?? madeByFactory.exec(text)?.[1];
    const called = factory.exec(text)?.[1];
    if (made === undefined && called === undefined) continue;
    found.push({
      folder,
      ...modulePlace(tree, folder, file),
      text,
      attribute: made ?? `${called}()`,
      isFactory: made === undefined,
    });
  }
  return found;
}

/** What `FLASK_APP` names in the env files that `flask run` reads. */
async function namedFiles(folder: ProjectFolder): Promise<readonly string[]> {
  const texts = await Promise.all(flaskEnvFiles.map(async (file) => textIn(folder, file)));
  return texts.flatMap((text) => {
    const name = /^\s*(?:export\s+)?FLASK_APP\s*=\s*["']?([\w./]+)/m.exec(text)?.[1];
    return name === undefined ? [] : [name.endsWith('.py') ? name : `${name}.py`];
  });
}

/** Whether the module gets its app from that factory. */
function isSameApp(found: FlaskModule, caller: FlaskModule): boolean {
  if (found.folder.path === caller.folder.path) return true;
  const [top = ''] = found.module.split('.');
  return found.importRoot === caller.importRoot
    ? new RegExp(String.raw`\b(?:from|import)\s+${top}\b`).test(caller.text)
    : new RegExp(String.raw`\b(?:from|import)\s+[\w.]*\b${top}\b`).test(caller.text);
}

/** Of several modules in one folder the likeliest: `wsgi.py` often imports the app of `app.py`. */
function firstOfEach(modules: readonly FlaskModule[]): FlaskModule[] {
  return modules.filter(
    (found, index) => modules.findIndex((other) => other.folder.path === found.folder.path) === index,
  );
}

function describe(
  root: string,
  tree: readonly ProjectFolder[],
  { module, importRoot, attribute }: FlaskModule,
): Omit<DetectedTarget, 'name'> {
  const { cwd, hasSourceFolder } = startFolder(root, importRoot);
  const app = `${module}:${attribute}`;
  const present = tree.find((folder) => folder.path === cwd)?.files;
  return {
    spec: targetSchema.parse({
      command: [
        ...['{python}', '-m', 'flask', '--app', app, 'run', '--no-reload', '--no-debugger', '--with-threads'],
        ...['--host', '127.0.0.1', '--port', '{port}'],
      ],
      cwd: path.relative(root, cwd) || '.',
      // Any free one: a taken port 5000 is nobody's problem then.
      port: 0,
      env: flaskEnvFiles.filter((file) => present?.has(file)).map((file) => path.relative(root, path.join(cwd, file))),
      reset: { projectCopy: true },
      ...(hasSourceFolder ? { set: { PYTHONPATH: 'src' } } : {}),
    }),
    entry: { framework: 'flask', wsgi: app, asgi: null, celeryModules: [] },
  };
}
