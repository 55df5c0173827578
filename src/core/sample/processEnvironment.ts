import { readFileSync } from 'node:fs';
import { ifReadable } from './procFiles';

/**
 * Whether a process was started with `name=value` in its environment. It is the environment at its start: a program that
 * overwrites this memory (setproctitle without SPT_NOENV) hides it. False for processes of other users.
 */
export function hasEnvironmentValue(pid: number, name: string, value: string): boolean {
  const environment = ifReadable(() => readFileSync(`/proc/${pid}/environ`));
  if (environment === null || environment.length === 0) {
    return false;
  }
  const entry = `${name}=${value}\0`;
  return environment.indexOf(entry) === 0 || environment.includes(`\0${entry}`);
}
