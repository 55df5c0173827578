import path from 'node:path';
import type { StackPlan, TargetPlan } from '../../shared/plan';
import { UserError } from '../../shared/userError';
import { isInside } from '../isInside';
import { parseOrigin, portOf } from './adHocTarget';
import { planControl } from './planControl';
import { detectFramework } from './detectTargets';
import type { PythonChoice } from './findPython';
import type { NamedTarget } from './openProject';
import { resetOnStack } from './resolveStack';

const readyTimeoutSeconds = 60;

export interface TargetSurroundings {
  /** Where it runs, absolute. */
  readonly cwd: string;
  /** What relative paths in the project file start from; what a copy of the project is made of. */
  readonly projectFolder: string;
  readonly python: PythonChoice;
  readonly stack: StackPlan | null;
  /** Another machine's name that load may be sent to; null: none. */
  readonly acceptedHost: string | null;
}

/** A target with everything resolved. Throws `UserError` when nothing starts it, or its address is one that load may not be sent to. */
export async function planTarget(
  { name, spec, entry }: NamedTarget,
  { cwd, projectFolder, python, stack, acceptedHost }: TargetSurroundings,
): Promise<TargetPlan> {
  const control = planControl(name, spec);
  const command = spec.command ?? control?.start;
  if (!command) {
    throw new UserError('usage', `The target ${name} has no command`, {
      hint: 'Add "command": [...] in the project file, or "start", "stop" and "url" for an app that is not ours to run.',
    });
  }
  const url = spec.url === undefined ? null : parseOrigin(spec.url, { isOurs: control === null, acceptedHost });
  const isCopied = spec.reset?.projectCopy === true;
  if (isCopied && isOutside(projectFolder, cwd)) {
    throw new UserError(
      'usage',
      `${name} runs in ${cwd}, which is not in the project's folder: it cannot run in a copy`,
      {
        hint: 'Take "projectCopy" out of its "reset", or put the project file into a folder above.',
      },
    );
  }
  return {
    name,
    command,
    cwd,
    host: url?.hostname ?? '127.0.0.1',
    port: control && url ? portOf(url) : (spec.port ?? 0),
    readyPath: spec.ready,
    isAnyAnswerReady: entry !== undefined,
    readyTimeoutSeconds,
    prepare: spec.prepare,
    reset: resetOnStack(spec.reset ?? null, stack),
    projectFolder: isCopied ? projectFolder : null,
    companions: spec.companions.map((companion) => ({
      name: companion.name,
      command: companion.command,
      cwd: companion.cwd === undefined ? cwd : path.resolve(projectFolder, companion.cwd),
      readyLog: companion.ready?.log ?? null,
    })),
    python: { path: python.path, origin: python.origin },
    framework: entry?.framework ?? (await detectFramework(cwd)) ?? 'unknown',
    ...(control === null ? {} : { control }),
  };
}

function isOutside(folder: string, inner: string): boolean {
  return path.relative(folder, inner) !== '' && !isInside(inner, folder);
}
