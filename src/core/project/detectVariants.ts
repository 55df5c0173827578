import path from 'node:path';
import { insightsSwitch, readSwitch } from '../../shared/insightsSwitch';
import type { VariantSpec } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';
import { findEnvFiles } from './findEnvFiles';
import { readEnvFile } from './readEnvFile';
import { variantName } from './variantName';

export interface DetectedVariants {
  /** Off first: the baseline. The files relative to `folder`. */
  readonly variants: Readonly<Record<string, VariantSpec>> | null;
  /** Files that name the switch when no pair could be told from them. */
  readonly ambiguous: readonly string[];
}

export interface WhereToLook {
  readonly folder: string;
  readonly cwd: string;
  readonly targetName: string;
}

/**
 * The two env files of a project that say different things of Insights: one that switches it off, one that switches it on. With several
 * apps in a folder, those that bear the app's name. Null where there are not exactly one of each: then the process environment switches.
 */
export async function detectVariants({ folder, cwd, targetName }: WhereToLook): Promise<DetectedVariants> {
  const files = await findEnvFiles([folder, cwd]);
  const read = await Promise.all(files.map(async (file) => ({ file, isOn: await switchIn(file) })));
  const naming = read.filter(({ isOn }) => isOn !== null);
  const own = naming.filter(({ file }) => path.basename(file).split('.').includes(targetName));
  const beside = naming.filter(({ file }) => path.dirname(file) === cwd);
  for (const group of [own, beside, naming]) {
    const [off, ...moreOff] = group.filter(({ isOn }) => isOn === false);
    const [on, ...moreOn] = group.filter(({ isOn }) => isOn === true);
    if (!off || !on || moreOff.length > 0 || moreOn.length > 0) continue;
    const names = [off, on].map(({ file }) => variantName(file, targetName));
    const [offName = 'off', onName = 'on'] = new Set(names).size === 2 ? names : ['without_insights', 'with_insights'];
    const written = (file: string): string[] => [path.relative(folder, file)];
    return { variants: { [offName]: written(off.file), [onName]: written(on.file) }, ambiguous: [] };
  }
  const hasBoth = new Set(naming.map(({ isOn }) => isOn)).size === 2;
  return { variants: null, ambiguous: hasBoth ? naming.map(({ file }) => path.relative(folder, file)) : [] };
}

/** What a file says of Insights; null: nothing, or it cannot be read. */
async function switchIn(file: string): Promise<boolean | null> {
  try {
    return readSwitch((await readEnvFile(file, null)).values[insightsSwitch]);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
