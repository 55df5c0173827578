/**
 * What the editor puts into its extension host's environment, what would change how Node itself behaves, and the virtual
 * environment that happened to be active where the editor was started from: it is not the project's.
 */
const disturbing = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|VIRTUAL_ENV$)/i;

/**
 * The environment that the engine is started with: our own without what the editor put there, and with the word that makes
 * Electron a Node. The engine takes that word out again of what the app gets.
 */
export function engineEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = Object.entries(environment).filter(([name, value]) => value !== undefined && !disturbing.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
