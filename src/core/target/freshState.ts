import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reset } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';

/** Runs a command of the user's to its end with these variables on top of the target's environment; rejects when it fails. */
export type RunCommand = (
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
) => Promise<unknown>;

export interface StateEnvironment {
  /** The variables of `reset`, naming what belongs to this trial alone. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface TemplateOptions {
  readonly reset: Reset;
  /** Made when missing; must not hold an earlier template. */
  readonly templateFolder: string;
  readonly commands: readonly (readonly string[])[];
  readonly runCommand: RunCommand;
}

export interface FreshStateOptions {
  readonly reset: Reset;
  readonly templateFolder: string;
  /** `{state}`: made when missing. Nothing that is there already is overwritten, and nothing outside it is written. */
  readonly stateFolder: string;
  /** Needed for `reset.command`. */
  readonly runCommand?: RunCommand;
}

const databaseName = 'database.sqlite3';
/** What SQLite keeps beside a database that was not closed in peace; part of its content. */
const companionSuffixes = ['-wal', '-shm', '-journal'];

/**
 * Makes the initial state once: runs the `prepare` commands with the variables of `reset` pointing into the template.
 * Throws a UserError when they leave no database where they were told to, for then they have written somewhere else.
 */
export async function prepareTemplate(options: TemplateOptions): Promise<StateEnvironment> {
  const { reset, templateFolder, commands, runCommand } = options;
  const environment = stateVariables(reset, templateFolder);
  await makeFolders(reset, templateFolder);
  for (const command of commands) {
    await runCommand(command, environment);
  }
  const isMissing = reset.sqlite !== undefined && !existsSync(join(templateFolder, databaseName));
  if (commands.length > 0 && isMissing) {
    throw new UserError('usage', `"prepare" left no database in the file that ${reset.sqlite} names.`, {
      hint: `Does the app take the path of its SQLite database from ${reset.sqlite}? If from another variable, name that in "reset". Until then every trial would share one database.`,
    });
  }
  return { environment };
}

/**
 * Gives a trial a state of its own: a copy of the template's database, empty folders, then the user's reset command.
 * Without a template database the app makes its own in the same place.
 */
export async function freshState(options: FreshStateOptions): Promise<StateEnvironment> {
  const { reset, templateFolder, stateFolder, runCommand } = options;
  const environment = stateVariables(reset, stateFolder);
  await makeFolders(reset, stateFolder);
  if (reset.sqlite !== undefined) {
    await copyDatabase(join(templateFolder, databaseName), join(stateFolder, databaseName));
  }
  if (reset.command !== undefined) {
    if (runCommand === undefined) {
      throw new Error('A reset by command needs someone to run it.');
    }
    await runCommand(reset.command, environment);
  }
  return { environment };
}

/** Those of files and folders: databases on servers are `serverState`'s. Throws a UserError for names that cannot be variables. */
function stateVariables(reset: Reset, folder: string): Record<string, string> {
  const variables: Record<string, string> = {};
  if (reset.sqlite !== undefined) {
    variables[reset.sqlite] = join(folder, databaseName);
  }
  for (const name of folderVariables(reset)) {
    variables[name] = join(folder, name);
  }
  for (const name of Object.keys(variables)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new UserError('usage', `"reset" names ${JSON.stringify(name)}, which cannot be an environment variable.`, {
        hint: 'Write the name of the variable from which the app takes the path, such as "DB_NAME".',
      });
    }
  }
  return variables;
}

function folderVariables(reset: Reset): readonly string[] {
  return typeof reset.folder === 'string' ? [reset.folder] : (reset.folder ?? []);
}

async function makeFolders(reset: Reset, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Not recursive: it fails where one is there already, which would not be empty.
  await Promise.all(folderVariables(reset).map((name) => mkdir(join(folder, name))));
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const present = ['', ...companionSuffixes].filter((suffix) => existsSync(from + suffix));
  // A clone where the file system can: then a large database costs nothing.
  const mode = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;
  await Promise.all(present.map((suffix) => copyFile(from + suffix, to + suffix, mode)));
}
