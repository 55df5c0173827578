import { startGuard } from './startGuard';
import { startProcess } from './startProcess';

/**
 * A small engine for tests, run as a process of its own so that it can be killed: a guard, one managed process, one folder.
 * Takes its instructions as JSON in the first argument and writes `up` when all of it stands.
 */
interface Instructions {
  readonly tag: string;
  readonly guardEntry: string;
  readonly runFilesFolder: string;
  readonly command: readonly string[];
  readonly folder: string;
  readonly watchedFolder: string;
}

async function main(): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the test beside it wrote them, of this very type
  const instructions = JSON.parse(process.argv[2] ?? '{}') as Instructions;
  const environment = { PATH: process.env['PATH'] ?? '' };
  const { tag, guardEntry, runFilesFolder, command, folder, watchedFolder } = instructions;
  const guard = await startGuard({ tag, entry: guardEntry, runFilesFolder, environment });
  guard.watchFolder(watchedFolder);
  const started = await startProcess(
    { name: 'tree', command, cwd: folder, environment, secrets: [], logFile: `${folder}/tree.log` },
    guard,
  );
  process.stdout.write(`up ${started.pid}\n`);
  // Stays until it is killed.
  setInterval(() => undefined, 60_000);
}

void main();
