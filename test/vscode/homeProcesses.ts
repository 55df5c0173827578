import { readdir, readFile } from 'node:fs/promises';

export interface HomeProcess {
  readonly pid: number;
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
  return { pid: Number(name), command: (await read('cmdline')).replaceAll('\0', ' ').trim(), variables };
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
