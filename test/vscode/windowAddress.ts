export interface WindowTarget {
  /** Of the server. */
  readonly port: number;
  /** A folder, a `.code-workspace` file, or null for a window without either. */
  readonly folder: string | null;
  /** The folder of an extension whose `index.js` exports `run`, called in the extension host. */
  readonly testsFolder?: string;
}

export function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The address of a window on a folder. All paths are absolute. */
export function windowAddress({ port, folder, testsFolder }: WindowTarget): string {
  const query = new URLSearchParams(opened(folder));
  if (testsFolder !== undefined) {
    const uri = `vscode-remote://127.0.0.1:${port}${encodeURI(testsFolder)}`;
    const payload = { extensionDevelopmentPath: uri, extensionTestsPath: `${uri}/index.js` };
    query.set('payload', JSON.stringify(Object.entries(payload)));
  }
  return `${originOf(port)}/?${query.toString()}`;
}

function opened(folder: string | null): Record<string, string> {
  if (folder === null) return { ew: 'true' };
  return folder.endsWith('.code-workspace') ? { workspace: folder } : { folder };
}
