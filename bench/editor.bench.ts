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
  try {
    for (const version of vsCodeVersions) {
      figures.push(await measureActivation(version, { vsix, folder: project.folder }));
      say(`activation in the ${version} VS Code: done`);
    }
    figures.push(...(await measureLoopDelay(vsix, project)));
    say('event loop: done');
    figures.push(...(await measurePanelCost(vsix, project)));
  } finally {
    await project.remove();
  }
  for (const line of figureLines(figures)) say(line);
  return figures.every(isWithin);
}
