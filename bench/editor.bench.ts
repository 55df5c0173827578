import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { vsCodeVersions, whyNoVsCode } from '../test/vscode/vsCodeFolder';
import type { BenchOptions, BenchResult } from './benchOptions';
import { benchProject } from './editor/benchProject';
import { figureLines, isWithin, type Figure } from './editor/figures';
import { measureActivation } from './editor/measureActivation';
import { measureLoopDelay } from './editor/measureLoopDelay';
import { measurePanelCost } from './editor/measurePanelCost';

/**
 * What the extension costs the editor, as packaged and in the real VS Code: activation, delay of the extension host's event loop during
 * a run, processor time of the live panel. About five minutes.
 */
export async function bench({ root, scratch, say }: BenchOptions): BenchResult {
  if (whyNoVsCode !== undefined) {
    say(whyNoVsCode);
    return undefined;
  }
  const vsix = path.join(scratch, 'extension.vsix');
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: root, stdio: 'ignore' });
  const project = await benchProject();
  const figures: Figure[] = [];
  // Each as soon as it is there: the next one may fail.
  const show = (found: readonly Figure[]): void => {
    figures.push(...found);
    for (const line of [...figureLines(found), '']) say(line);
  };
  try {
    for (const version of vsCodeVersions) show(await measureActivation(version, { vsix, folder: project.folder }));
    show(await measureLoopDelay(vsix, project));
    show(await measurePanelCost(vsix, project));
  } finally {
    await project.remove();
  }
  return figures.every(isWithin);
}
