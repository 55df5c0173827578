import { access } from 'node:fs/promises';
import path from 'node:path';
import { adHocTarget } from '../../core/project/adHocTarget';
import { detectFramework, detectTargets } from '../../core/project/detectTargets';
import { projectFileName, readProjectFile } from '../../core/project/readProjectFile';
import { projectFileSchema, type ProjectFile, type TargetSpec } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

/** A workspace folder to look for apps in. */
export interface SearchedFolder {
  readonly name: string;
  readonly path: string;
  /** What the settings ask for there. May throw `UserError`. */
  readonly readRequest: () => Promise<RunRequest>;
}

/** An app that can be compared. */
export interface RunnableApp {
  readonly workspaceFolder: { readonly name: string; readonly path: string };
  /** The target's name. */
  readonly name: string;
  /** Where it runs, absolute. */
  readonly cwd: string;
  readonly framework: 'django' | 'flask' | null;
  readonly origin: 'settings' | 'project file' | 'detected';
  /** What the settings ask for, with this app as the target. */
  readonly request: RunRequest;
  readonly spec: TargetSpec;
  readonly project: ProjectFile;
}

export interface FoundApps {
  readonly apps: readonly RunnableApp[];
  /** Folders that could not be searched, and what the user has to mend there. */
  readonly problems: readonly { readonly folder: string; readonly error: UserError }[];
}

/** The apps of every folder: the one that the settings start, else those of the project file, else what the files look like. */
export async function findApps(folders: readonly SearchedFolder[]): Promise<FoundApps> {
  const apps: RunnableApp[] = [];
  const problems: { folder: string; error: UserError }[] = [];
  for (const folder of folders) {
    try {
      apps.push(...(await appsIn(folder)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push({ folder: folder.name, error });
    }
  }
  return { apps, problems };
}

async function appsIn(folder: SearchedFolder): Promise<RunnableApp[]> {
  const request = await folder.readRequest();
  const project = await projectIn(request.folder);
  const { targets, origin } = await targetsOf(request, project);
  return Promise.all(
    targets.map(async ({ name, spec }) => {
      const cwd = path.resolve(request.folder, spec.cwd);
      return {
        workspaceFolder: { name: folder.name, path: folder.path },
        name,
        cwd,
        framework: await detectFramework(cwd),
        origin,
        request: { ...request, targets: request.adHoc ? [] : [name] },
        spec,
        project,
      };
    }),
  );
}

async function projectIn(folder: string): Promise<ProjectFile> {
  const file = path.join(folder, projectFileName);
  const isPresent = await access(file).then(
    () => true,
    () => false,
  );
  return isPresent ? readProjectFile(file) : projectFileSchema.parse({});
}

async function targetsOf(
  request: RunRequest,
  project: ProjectFile,
): Promise<{
  readonly targets: readonly { readonly name: string; readonly spec: TargetSpec }[];
  readonly origin: RunnableApp['origin'];
}> {
  if (request.adHoc) return { targets: [adHocTarget(request.adHoc)], origin: 'settings' };
  const named = Object.entries(project.targets).map(([name, spec]) => ({ name, spec }));
  if (named.length > 0) return { targets: named, origin: 'project file' };
  return { targets: await detectTargets(request.folder), origin: 'detected' };
}
