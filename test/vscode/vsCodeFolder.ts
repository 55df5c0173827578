import { platformProblem } from '../../scripts/setup/vscodeServer.mjs';

/** The oldest VS Code that the extension supports, and a new one. */
export type VsCodeVersion = 'old' | 'new';

export const vsCodeVersions = ['old', 'new'] as const satisfies readonly VsCodeVersion[];

const variables = {
  old: 'INSIGHTS_COMPARISON_VSCODE_OLD',
  new: 'INSIGHTS_COMPARISON_VSCODE_NEW',
} as const satisfies Record<VsCodeVersion, string>;

/** The sentence for a machine on which these tests are skipped, else undefined. */
export const whyNoVsCode = platformProblem(process);

/** What to append to a suite's name, so that a skipped one says why: `describe.skipIf(whyNoVsCode)(`… ${skipNote}`)`. */
export const skipNote = whyNoVsCode === undefined ? '' : `: ${whyNoVsCode}`;

/** Where a VS Code server is installed: `npm test` does it and names the folder. */
export function vsCodeFolder(version: VsCodeVersion): string {
  const folder = process.env[variables[version]];
  if (!folder)
    throw new Error(`${variables[version]} is not set: run \`npm test\`, which installs VS Code and sets it.`);
  return folder;
}
