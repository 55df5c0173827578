import path from 'node:path';
import { isInside } from '../../core/isInside';
import type { FoundApps, RunnableApp } from './findApps';
import type { PickContent, PickRow } from './pick';
import type { UserError } from '../../shared/userError';

export type AppChoice =
  { readonly type: 'app'; readonly app: RunnableApp } | { readonly type: 'problem'; readonly error: UserError };

export interface AppHints {
  /** The app that was chosen last. */
  readonly last: { readonly folder: string; readonly target: string } | null;
  /** The file in the active editor. */
  readonly activeFile: string | null;
}

const frameworkNames = { django: 'Django', flask: 'Flask' } as const;

/** The first question's rows: every app, and every folder that has to be mended before its apps can be seen. */
export function appRows({ apps, problems }: FoundApps, hints: AppHints): PickContent<AppChoice> {
  const hasFolders = new Set(apps.map(({ workspaceFolder }) => workspaceFolder.path)).size + problems.length > 1;
  const rows = apps.map((app): PickRow<AppChoice> => {
    const parts = [app.framework === null ? null : frameworkNames[app.framework], place(app, hasFolders), source(app)];
    return {
      type: 'row',
      key: appKey(app),
      value: { type: 'app', app },
      label: app.name,
      description: parts.filter((part) => part !== null).join(' · '),
      icon: 'server-process',
    };
  });
  const mend = problems.map(({ folder, error }): PickRow<AppChoice> => ({
    type: 'row',
    key: `problem:${folder}`,
    value: { type: 'problem', error },
    label: folder,
    description: error.message,
    icon: 'warning',
  }));
  const likely = likelyApp(apps, hints);
  return { items: [...rows, ...mend], active: likely && appKey(likely), step: { number: 1, of: 2 } };
}

/** The last choice, else the app that the active file belongs to, else the first. */
export function likelyApp(apps: readonly RunnableApp[], { last, activeFile }: AppHints): RunnableApp | null {
  const chosen = apps.find((app) => app.request.folder === last?.folder && app.name === last.target);
  if (chosen) return chosen;
  const around = activeFile === null ? [] : apps.filter(({ cwd }) => isInside(activeFile, cwd));
  const [deepest] = around.sort((a, b) => b.cwd.length - a.cwd.length);
  return deepest ?? apps[0] ?? null;
}

function appKey(app: RunnableApp): string {
  return `${app.request.folder}:${app.name}`;
}

function place({ workspaceFolder, cwd }: RunnableApp, hasFolders: boolean): string | null {
  const below = path.relative(workspaceFolder.path, cwd);
  if (hasFolders) return path.join(workspaceFolder.name, below);
  return below === '' ? null : below;
}

function source({ origin }: RunnableApp): string | null {
  return origin === 'detected' ? null : `from the ${origin}`;
}
