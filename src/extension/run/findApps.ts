import path from 'node:path';
import { detectFramework } from '../../core/project/detectTargets';
import { findTargets, openProject } from '../../core/project/openProject';
import { otherHost } from '../../core/project/otherHost';
import type { ProjectFile, TargetSpec } from '../../shared/projectFile';
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
  const { project } = await openProject(request);
  const targets = await findTargets(request, project);
  const origin = originOf(request, Object.keys(project.targets).length > 0);
  return Promise.all(
    targets.map(async ({ name, spec, entry }) => {
      const cwd = path.resolve(request.folder, spec.cwd);
      return {
        workspaceFolder: { name: folder.name, path: folder.path },
        name,
        cwd,
        framework: entry?.framework ?? (await detectFramework(cwd)),
        origin,
        // Asked for before the run is started.
        request: { ...request, targets: request.adHoc ? [] : [name], acceptedHost: otherHost(spec.url) },
        spec,
        project,
      };
    }),
  );
}

function originOf({ adHoc }: RunRequest, isNamed: boolean): RunnableApp['origin'] {
  if (adHoc) return 'settings';
  return isNamed ? 'project file' : 'detected';
}
