import { access } from 'node:fs/promises';
import path from 'node:path';
import { projectFileSchema, type ProjectFile, type TargetSpec } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { adHocTarget } from './adHocTarget';
import type { AppEntry } from './appEntry';
import { detectTargets } from './detectTargets';
import { projectFileName } from './projectFileName';
import { readProjectFile } from './readProjectFile';

export interface OpenedProject {
  readonly project: ProjectFile;
  /** What relative paths in the project file start from. */
  readonly projectFolder: string;
  /** False: there is no project file, and everything in `project` is a default. */
  readonly isPresent: boolean;
}

export interface NamedTarget {
  readonly name: string;
  readonly spec: TargetSpec;
  /** What its files say that it is served by; only of a target that nobody has named. */
  readonly entry?: AppEntry;
}

/** The project file that a request names, else the folder's own. Throws `UserError` when it is broken. */
export async function openProject({
  folder,
  configFile,
}: Pick<RunRequest, 'folder' | 'configFile'>): Promise<OpenedProject> {
  const file = configFile === undefined ? path.join(folder, projectFileName) : path.resolve(configFile);
  const isPresent =
    configFile !== undefined ||
    (await access(file).then(
      () => true,
      () => false,
    ));
  if (!isPresent) return { project: projectFileSchema.parse({}), projectFolder: folder, isPresent };
  return { project: await readProjectFile(file), projectFolder: path.dirname(file), isPresent };
}

/** All that can be chosen from: the ad-hoc target of the request, else those of the project file, else what the files look like. */
export async function findTargets(
  { adHoc, folder }: Pick<RunRequest, 'adHoc' | 'folder'>,
  project: ProjectFile,
): Promise<readonly NamedTarget[]> {
  if (adHoc) return [adHocTarget(adHoc)];
  const named: NamedTarget[] = Object.entries(project.targets).map(([name, spec]) => ({ name, spec }));
  return named.length > 0 ? named : detectTargets(folder);
}
