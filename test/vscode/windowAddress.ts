export interface WindowTarget {
  /** Of the server. */
  readonly port: number;
  readonly folder: string;
  /** The folder of an extension whose `index.js` exports `run`, called in the extension host. */
  readonly testsFolder?: string;
}

export function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The address of a window on a folder. All paths are absolute. */
export function windowAddress({ port, folder, testsFolder }: WindowTarget): string {
  const query = new URLSearchParams({ folder });
  if (testsFolder !== undefined) {
    const uri = `vscode-remote://127.0.0.1:${port}${encodeURI(testsFolder)}`;
    const payload = { extensionDevelopmentPath: uri, extensionTestsPath: `${uri}/index.js` };
    query.set('payload', JSON.stringify(Object.entries(payload)));
  }
  return `${originOf(port)}/?${query.toString()}`;
}
