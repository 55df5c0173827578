import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from './commandLine';

/** Of this machine, and not the address that it is usually known by: to the tool it is another machine. */
export const elsewhere = '127.0.0.2';

/** Ends the daemon, whose pid file goes with it. */
export const stopCommand = [
  'sh',
  '-c',
  'kill $(cat app.pid); while [ -e app.pid ]; do sleep 0.05; done; echo stopped >> said.txt',
];

/** Gives the tiny project's target commands of its own in place of "command": a gunicorn that runs as a daemon. */
export async function useControl(
  project: TestProject,
  port: number,
  change: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = path.join(project.folder, 'insights-comparison.jsonc');
  const bind = `${elsewhere}:${port}`;
  const gunicorn = `gunicorn --daemon --pid app.pid -b ${bind} --threads 4 --no-control-socket app:app`;
  const control = {
    url: `http://${bind}`,
    start: ['sh', '-c', `echo started >> said.txt; exec {python} -m ${gunicorn}`],
    stop: stopCommand,
    ...change,
  };
  const text = await readFile(file, 'utf8');
  const replaced = text.replace(/"command": \[[^\]]*\],\s*"port": 0,/, () => JSON.stringify(control).slice(1, -1));
  if (replaced === text) throw new Error('The project file has no such target');
  await writeFile(file, replaced);
}
