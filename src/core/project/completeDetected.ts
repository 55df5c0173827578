import type { Warning } from '../../shared/record';
import { detectVariants } from './detectVariants';
import type { NamedTarget } from './openProject';
import { ambiguousVariants, celeryNotStarted, developmentServer, otherSettings } from './planNotes';
import { readSoftware } from './readSoftware';
import { serverCommand } from './serverCommand';

export interface DetectedSurroundings {
  readonly folder: string;
  readonly cwd: string;
  readonly pythonPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The request or the project file says which variants there are. */
  readonly hasVariants: boolean;
}

const settingsVariable = 'DJANGO_SETTINGS_MODULE';

/**
 * A target that was only detected, with what its interpreter and the files around it add: the best server that is there, Django's settings
 * as `manage.py` names them, the pair of env files that differ in Insights. A target that somebody has named stays as it is.
 */
export async function completeDetected(
  target: NamedTarget,
  { folder, cwd, pythonPath, environment, hasVariants }: DetectedSurroundings,
): Promise<{ readonly target: NamedTarget; readonly notes: readonly Warning[] }> {
  const { entry, spec } = target;
  if (!entry) return { target, notes: [] };
  const notes: Warning[] = [];
  const software = await readSoftware(pythonPath, cwd);
  const choice = serverCommand(entry, spec.command ?? [], software);
  if (choice.isDevelopmentServer) notes.push(developmentServer(choice.server, entry.framework));
  if (entry.celeryModules.length > 0) notes.push(celeryNotStarted(entry.celeryModules));
  const found = hasVariants
    ? { variants: null, ambiguous: [] }
    : await detectVariants({ folder, cwd, targetName: target.name });
  if (found.ambiguous.length > 0) notes.push(ambiguousVariants(found.ambiguous));
  const isSettingsOurs = entry.settings !== undefined && !environment[settingsVariable];
  if (isSettingsOurs && entry.settings.others.length > 0)
    notes.push(otherSettings(entry.settings.module, entry.settings.others));
  return {
    target: {
      ...target,
      spec: {
        ...spec,
        command: [...choice.command],
        ...(isSettingsOurs ? { set: { ...spec.set, [settingsVariable]: entry.settings.module } } : {}),
        ...(found.variants === null ? {} : { variants: { ...found.variants } }),
      },
    },
    notes,
  };
}
