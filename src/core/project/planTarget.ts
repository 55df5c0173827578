import path from 'node:path';
import type { StackPlan, TargetPlan } from '../../shared/plan';
import { UserError } from '../../shared/userError';
import { isInside } from '../isInside';
import { parseOrigin } from './adHocTarget';
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
}

/** A target with everything resolved. Throws `UserError` when it has no command, or its address is none on this machine. */
export async function planTarget(
  { name, spec, entry }: NamedTarget,
  { cwd, projectFolder, python, stack }: TargetSurroundings,
): Promise<TargetPlan> {
  if (!spec.command) {
    throw new UserError('usage', `The target ${name} has no command`, {
      hint: 'Add "command": [...] in the project file; targets that we do not start ("start"/"stop") come with a later version.',
    });
  }
  const url = spec.url === undefined ? null : parseOrigin(spec.url);
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
    command: spec.command,
    cwd,
    host: url?.hostname ?? '127.0.0.1',
    port: spec.port ?? 0,
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
  };
}

function isOutside(folder: string, inner: string): boolean {
  return path.relative(folder, inner) !== '' && !isInside(inner, folder);
}
