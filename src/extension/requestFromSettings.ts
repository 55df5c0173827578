import { stat } from 'node:fs/promises';
import { parseOrigin } from '../core/project/adHocTarget';
import { runRequestSchema, type RunRequest } from '../shared/runRequest';
import { expandPath, expandProgram, type PathContext } from './expandPath';
import { settingNames, wrongSetting, type Settings } from './settingsValues';

/**
 * What the settings of a workspace folder ask for, in the engine's own words: the folder to run, a start command, environments,
 * scenario, endpoint, place of the results. All paths are absolute. Throws `UserError` that names the wrong setting.
 */
export async function requestFromSettings(
  settings: Settings,
  context: PathContext,
  purpose: RunRequest['purpose'] = 'comparison',
): Promise<RunRequest> {
  const adHoc = adHocOf(settings);
  return runRequestSchema.parse({
    purpose,
    folder: await folderOf(settings, context),
    ...environmentsOf(settings, context),
    ...(adHoc === null ? {} : { adHoc }),
    ...(settings.scenario === '' ? {} : { scenario: settings.scenario }),
    ...(settings.endpoint === '' ? {} : { endpoint: endpointOf(settings) }),
    ...(settings.resultsLocation === '' ? {} : { out: expandPath(settings.resultsLocation, context) }),
  });
}

/** The interpreter that the settings name; undefined: none. */
export function pythonFromSettings({ pythonPath }: Settings, context: PathContext): RunRequest['python'] {
  return pythonPath === '' ? undefined : { path: expandProgram(pythonPath, context), origin: settingNames.pythonPath };
}

async function folderOf({ appPath }: Settings, context: PathContext): Promise<string> {
  if (appPath === '') return context.workspaceFolder;
  const folder = expandPath(appPath, context);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw wrongSetting('appPath', `names no folder: ${folder}`, 'Correct it, or remove it.');
  return folder;
}

function adHocOf({ startCommand, healthUrl }: Settings): RunRequest['adHoc'] | null {
  if (startCommand === '' && healthUrl === '') return null;
  if (startCommand === '') {
    throw wrongSetting('healthUrl', `needs ${settingNames.startCommand}`, 'Set both, or neither.');
  }
  if (healthUrl === '') {
    throw wrongSetting('startCommand', `needs ${settingNames.healthUrl}`, 'For example http://127.0.0.1:8000/health/.');
  }
  const url = urlOf(healthUrl);
  return { command: startCommand, url: url.origin, ready: `${url.pathname}${url.search}` };
}

function urlOf(healthUrl: string): URL {
  try {
    return parseOrigin(healthUrl);
  } catch (cause) {
    throw wrongSetting(
      'healthUrl',
      `must be a plain http address on this machine: ${healthUrl}`,
      'For example http://127.0.0.1:8000/health/.',
      cause,
    );
  }
}

function environmentsOf(
  { environments }: Settings,
  context: PathContext,
): Pick<RunRequest, 'variantFiles' | 'variantNames'> {
  const files = environments.filter((entry) => entry.includes('='));
  if (files.length > 0 && files.length < environments.length) {
    throw wrongSetting(
      'environments',
      'mixes names and NAME=ENVFILE',
      'Write NAME=ENVFILE for all of them, or only names of the project file.',
    );
  }
  const variantFiles = files.map((entry) => {
    const [, name, envFile] = /^([^=]*)=(.*)$/s.exec(entry) ?? [];
    if (!name) throw wrongSetting('environments', `has an entry without a name: ${entry}`, 'Write NAME=ENVFILE.');
    return { name: name.trim(), envFile: envFile ? expandPath(envFile.trim(), context) : null };
  });
  const names = new Set(files.length > 0 ? variantFiles.map(({ name }) => name) : environments);
  if (names.has('')) throw wrongSetting('environments', 'has an empty entry', 'Remove it.');
  if (names.size === 1) {
    throw wrongSetting('environments', 'names one environment only', 'Name two, the baseline first, or none.');
  }
  return { variantFiles, variantNames: files.length > 0 ? [] : [...names] };
}

const endpoints = ['local', 'local-http'];

function endpointOf({ endpoint }: Settings): string {
  if (endpoints.includes(endpoint)) return endpoint;
  throw wrongSetting('endpoint', `cannot be ${endpoint}`, `Write one of: ${endpoints.join(', ')}.`);
}
