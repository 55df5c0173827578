import { readdir, readFile } from 'node:fs/promises';

export interface HomeProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its command line, with spaces between the words. */
  readonly command: string;
  /** Its environment, `NAME=value` each. */
  readonly variables: readonly string[];
}

/** Every live process whose environment has this home: the server, its extension hosts, and all that they started. */
export async function homeProcesses(home: string): Promise<readonly HomeProcess[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => homeProcess(name, home)));
  return found.filter((each) => each !== null);
}

async function homeProcess(name: string, home: string): Promise<HomeProcess | null> {
  const read = (file: string): Promise<string> => readFile(`/proc/${name}/${file}`, 'latin1').catch(() => '');
  // A process that has ended and was not yet waited for has an empty environment.
  const variables = (await read('environ')).split('\0');
  if (!variables.includes(`HOME=${home}`)) return null;
  const command = (await read('cmdline')).replaceAll('\0', ' ').trim();
  const parent = Number(/^PPid:\s*(\d+)/m.exec(await read('status'))?.[1] ?? 0);
  return { pid: Number(name), parent, command, variables };
}

/** The extension hosts among them. What one of them has just forked has its command line until it becomes another program. */
export function extensionHostsOf(processes: readonly HomeProcess[]): readonly number[] {
  const named = processes.filter(({ command }) => command.includes('--type=extensionHost'));
  return named.filter(({ parent }) => named.every(({ pid }) => pid !== parent)).map(({ pid }) => pid);
}

/** Ends them all, at once. */
export async function endHomeProcesses(home: string): Promise<void> {
  for (const { pid } of await homeProcesses(home)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone by itself in the meantime.
    }
  }
}
