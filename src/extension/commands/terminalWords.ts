import path from 'node:path';
import type { RunRequest } from '../../shared/runRequest';

/** The words of `doctor` for what a folder's settings ask for: every app in it, or the one that they start. */
export function doctorWords({ folder, adHoc, configFile }: RunRequest): readonly string[] {
  const words = ['doctor', folderWord(folder), 'quick'];
  if (configFile !== undefined) words.push('--config', configFile);
  if (!adHoc) return [...words, 'all'];
  return [
    ...words,
    ...['--command', adHoc.command, '--url', adHoc.url],
    ...(adHoc.ready === undefined ? [] : ['--ready', adHoc.ready]),
  ];
}

export function initWords({ folder }: RunRequest): readonly string[] {
  return ['init', folderWord(folder)];
}

/** Of the port that the settings' app listens on, else of those of the project's targets. */
export function monitorWords({ folder, adHoc }: RunRequest): readonly string[] {
  const port = adHoc && new URL(adHoc.url).port;
  return port ? ['monitor', '--port', port] : ['monitor', folderWord(folder)];
}

/** With a separator in it, which makes a word the folder. */
function folderWord(folder: string): string {
  return path.resolve(folder) + path.sep;
}
