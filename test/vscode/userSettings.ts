import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet VS Code: nothing that asks, tells of itself, or looks for what is new. */
const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'git.enabled': false,
};

/** The user's settings file below the user data folder, written whole. */
export async function writeUserSettings(userData: string, settings: Settings): Promise<void> {
  const folder = path.join(userData, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/** Without trust every folder is trusted and nothing asks; with it a new folder opens restricted, without a question. */
export function trustSettings(isTrustOn: boolean): Settings {
  return {
    'security.workspace.trust.enabled': isTrustOn,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
}
