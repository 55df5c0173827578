import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { interpreterIn } from '../project/findPython';
import { runToEnd } from '../runToEnd';
import { overlayModule } from './overlayModule';

export interface PythonGround {
  /** The user's own interpreter, of a virtual environment or not. It and its packages are only read. */
  readonly pythonPath: string;
  /** Where the new environment lies. */
  readonly folder: string;
  /** The user's project, and where its code lies instead; null: packages alone differ. */
  readonly moved: { readonly from: string; readonly to: string } | null;
  /** For our helpers; with the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What is asked of an interpreter: by whom, and until when. */
export type Asking = Pick<PythonGround, 'environment' | 'signal'>;

const timeoutMs = 600_000;

const siteProgram = `
import json, site, sys
found = list(site.getsitepackages())
if site.ENABLE_USER_SITE:
    found.append(site.getusersitepackages())
json.dump(found, sys.stdout)
`;

/**
 * A virtual environment that lies over the user's: its own packages first (there are none yet), then the user's, which are used from where
 * they are. What the user has installed "editable" from the project is imported from the moved code. Returns its interpreter.
 */
export async function layPython(ground: PythonGround): Promise<string> {
  const { pythonPath, folder, moved } = ground;
  await runPython(
    pythonPath,
    ['-m', 'venv', '--without-pip', folder],
    ground,
    'A virtual environment could not be made',
  );
  const laid = interpreterIn(folder);
  const [found, own] = await Promise.all([
    runPython(pythonPath, ['-c', siteProgram], ground, 'Its packages could not be found'),
    runPython(laid, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], ground, 'It does not run'),
  ]);
  const siteFolder = own.trim();
  await mkdir(siteFolder, { recursive: true });
  const folders: unknown = JSON.parse(found.trim().split('\n').at(-1) ?? '[]');
  const constants = JSON.stringify({ folders, moved });
  await writeFile(path.join(siteFolder, 'insights_comparison_overlay.py'), overlayModule(constants));
  // The last of all that sorts: whatever pip puts beside it has been read by then.
  await writeFile(path.join(siteFolder, 'zz_insights_comparison.pth'), 'import insights_comparison_overlay\n');
  return laid;
}

/** Installs into a laid environment what `words` name and the packages below do not satisfy (`-r FILE`, `honeybadger==1.2.4`). */
export async function installInto(
  laid: string,
  words: readonly string[],
  ground: Asking & { readonly cwd: string },
): Promise<void> {
  if (words.length === 0) return;
  if (!(await hasPip(laid, ground))) {
    await runPython(laid, ['-m', 'ensurepip', '--default-pip'], ground, 'There is no pip to install packages with');
  }
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet', ...words];
  await runPython(laid, pip, ground, `pip could not install ${words.join(' ')}`);
}

/** Names of all installed packages, as `requests` or `django-filter`, and their versions. */
export async function packagesOf(pythonPath: string, ground: Asking): Promise<Readonly<Record<string, string>>> {
  const said = await runPython(pythonPath, ['-c', packagesProgram], ground, 'Its packages could not be listed');
  const parsed: unknown = JSON.parse(said.trim().split('\n').at(-1) ?? '{}');
  return Object.fromEntries(
    Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}).map(([name, version]) => [
      name,
      String(version),
    ]),
  );
}

const packagesProgram = `
import json, re, sys
from importlib import metadata
found = {}
for each in metadata.distributions():
    name = each.metadata["Name"]
    if name:
        found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), each.version)
json.dump(found, sys.stdout)
`;

async function hasPip(laid: string, { environment, signal }: Asking): Promise<boolean> {
  const { exitCode } = await runToEnd([laid, '-m', 'pip', '--version'], { environment, signal, timeoutMs });
  return exitCode === 0;
}

/** Its standard output. Throws `UserError` ('target') with its last words when it fails. */
async function runPython(
  pythonPath: string,
  words: readonly string[],
  { environment, ...ground }: Asking & { readonly cwd?: string },
  failed: string,
): Promise<string> {
  const { exitCode, stdout, text } = await runToEnd([pythonPath, ...words], {
    signal: ground.signal,
    timeoutMs,
    ...(ground.cwd === undefined ? {} : { cwd: ground.cwd }),
    // A setting of the user's that sends packages elsewhere would send them into the user's own folders.
    environment: { ...environment, PIP_USER: '0', PIP_TARGET: '', PIP_PREFIX: '' },
  });
  if (exitCode === 0) return stdout;
  const lines = text.trim().split('\n').slice(-10).join('\n');
  throw new UserError('target', `${failed} (${pythonPath})`, {
    hint: lines === '' ? 'It wrote nothing.' : `Its last lines:\n${lines}`,
  });
}
