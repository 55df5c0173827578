import type { StackPlan } from '../../shared/plan';
import type { ProjectFile, Reset } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';
import { nearestOf } from './nearestOf';

/** The one that needs nothing but the servers' programs: a private MariaDB and a private Redis. */
const builtinStack = 'mysql-redis';

/** The stack of that name: the project's own before the built-in one. Throws `UserError` when there is none. */
export function resolveStack(
  name: string | undefined,
  { stacks }: Pick<ProjectFile, 'stacks'>,
  projectFolder: string,
): StackPlan | null {
  if (name === undefined) return null;
  const own = stacks[name];
  if (own) {
    return {
      type: 'commands',
      name,
      start: own.start ?? null,
      stop: own.stop ?? null,
      environment: own.env,
      cwd: projectFolder,
    };
  }
  if (name === builtinStack) return { type: 'private', name };
  throw new UserError('usage', `There is no stack ${name}`, {
    hint: nearestOf(name, [...Object.keys(stacks), builtinStack]),
  });
}

/** With private servers a trial's state lies on them: in the variables that they are told by, in place of a file and a folder. */
export function resetOnStack(reset: Reset | null, stack: StackPlan | null): Reset | null {
  if (stack?.type !== 'private') return reset;
  const { sqlite: _sqlite, folder: _folder, ...others } = reset ?? {};
  return { ...others, mysql: 'DB_NAME', redis: 'CELERY_BROKER_URL' };
}
