import { mkdtemp, rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { endHomeProcesses, extensionHostsOf, homeProcesses, type HomeProcess } from './homeProcesses';
import { launchBrowser } from '../launchBrowser';
import { openWindow, type VsCodeWindow } from './openWindow';
import { runInside } from './runInside';
import { installVsix, serverFolders, startServer, type RunningServer, type ServerPlace } from './startServer';
import { trustSettings, writeUserSettings, type Settings } from './userSettings';
import { vsCodeFolder, type VsCodeVersion } from './vsCodeFolder';

export interface VsCodeOptions {
  readonly version: VsCodeVersion;
  /** What a window opens unless it is told otherwise. */
  readonly folder: string;
  /** A packaged extension, installed before the start. */
  readonly vsix: string;
  readonly settings?: Settings;
  /** True: workspace trust is on, and a folder opens restricted. */
  readonly trust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code of a user of its own: server and browser. Many windows, one after the other or side by side. */
export interface VsCode {
  /** The home of that user, removed at the end. */
  readonly home: string;
  openWindow(options?: { readonly folder?: string | null }): Promise<VsCodeWindow>;
  /**
   * Runs `run()` of a TypeScript or JavaScript file inside the extension host of a window of its own, where `vscode` can be
   * imported; resolves with the plain data that it returns.
   */
  runInside(entry: string, options?: { readonly folder?: string }): Promise<unknown>;
  /** Of the user, on top of those so far. Followed by windows that are opened or reloaded after that. */
  changeSettings(settings: Settings): Promise<void>;
  /** Process ids. */
  extensionHosts(): Promise<readonly number[]>;
  /** All that this VS Code has started and that still lives, itself included. */
  processes(): Promise<readonly HomeProcess[]>;
  /** Ends everything and removes the home. */
  close(): Promise<void>;
}

/** Resolves when the server answers and the browser is there. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  // Not the system's temporary folder: the paths of sockets in there may have 107 characters.
  const home = await mkdtemp('/tmp/vsc-');
  const place: ServerPlace = { folder: vsCodeFolder(options.version), home, env: options.env ?? {} };
  let settings: Settings = { ...trustSettings(options.trust === true), ...options.settings };
  const changeSettings = async (changes: Settings): Promise<void> => {
    settings = { ...settings, ...changes };
    for (const purpose of ['windows', 'inside'] as const)
      await writeUserSettings(serverFolders(home, purpose).userData, settings);
  };
  const started: { browser?: Browser; windows?: RunningServer; inside?: Promise<RunningServer> } = {};
  const close = async (): Promise<void> => {
    const inside = await started.inside?.catch(() => undefined);
    await Promise.all([started.browser?.close(), started.windows?.end(), inside?.end()]);
    await endHomeProcesses(home);
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await changeSettings({});
    await installVsix(place, options.vsix);
    started.windows = await startServer(place, 'windows');
    started.browser = await launchBrowser();
  } catch (error) {
    await close();
    throw error;
  }
  const { browser, windows } = started;
  return {
    home,
    changeSettings,
    openWindow: async ({ folder = options.folder } = {}) => openWindow({ browser, folder, port: windows.port }),
    runInside: async (entry, { folder = options.folder } = {}) => {
      const { port } = await (started.inside ??= startServer(place, 'inside'));
      return runInside(entry, { browser, folder, port, home });
    },
    extensionHosts: async () => extensionHostsOf(await homeProcesses(home)),
    processes: async () => homeProcesses(home),
    close,
  };
}
