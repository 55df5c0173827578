import os from 'node:os';
import * as vscode from 'vscode';
import type { RunRequest } from '../../shared/runRequest';
import { pythonFromSettings } from '../requestFromSettings';
import { readSettings } from '../settings';
import { hasEnvironmentBeside, readEnvironment, readPythonApi, type ExtensionPython } from './pythonExtension';
import { withTimeout } from './withTimeout';

const extensionId = 'ms-python.python';
const limitMs = 3000;
/** Asked for by name where the editor was started: it wins over what the Python extension guesses. */
const variable = 'INSIGHTS_COMPARISON_PYTHON';

export interface InterpreterSearch {
  readonly workspaceFolder: string;
  /** Where the app runs. */
  readonly appFolder: string;
  /** The folder that is run: virtual environments are looked for from the app's folder up to it. */
  readonly root: string;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The interpreter that a run asks for: the setting's, else the Python extension's where that is installed and its choice is a virtual
 * environment, or the app has none of its own. Undefined: the engine looks for one. Throws `UserError` for a wrong setting only.
 */
export async function chooseInterpreter(search: InterpreterSearch): Promise<RunRequest['python']> {
  const settings = readSettings(vscode.Uri.file(search.workspaceFolder));
  const asked = pythonFromSettings(settings, { workspaceFolder: search.workspaceFolder, home: os.homedir() });
  if (asked !== undefined || process.env[variable]) return asked;
  const extension = vscode.extensions.getExtension<unknown>(extensionId);
  if (!extension) return undefined;
  try {
    const found = await withTimeout(askExtension(extension, search.appFolder), limitMs, extensionId);
    if (found === null) return undefined;
    const isWanted = found.isVirtual || !(await hasEnvironmentBeside(search.appFolder, search.root));
    return isWanted ? { path: found.path, origin: 'Python extension' } : undefined;
  } catch (error) {
    search.log.warn(`The Python extension could not be asked for its interpreter: ${String(error)}`);
    return undefined;
  }
}

async function askExtension(extension: vscode.Extension<unknown>, appFolder: string): Promise<ExtensionPython | null> {
  const api = readPythonApi(extension.isActive ? extension.exports : await extension.activate());
  if (api === null) return null;
  const active = await api.getActiveEnvironmentPath(vscode.Uri.file(appFolder));
  return readEnvironment(await api.resolveEnvironment(active));
}
