import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { privateServerNames } from '../../shared/privateServerNames';
import { UserError } from '../../shared/userError';
import { findFreePort } from './checkPort';
import type { Guard, ManagedProcess } from './processes';
import { startProcess } from './startProcess';

/** A MariaDB (or MySQL) and a Redis of this run alone: own data folders, own ports, gone with the run. */
export interface PrivateServers {
  /** Where they are: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, CELERY_BROKER_URL. */
  readonly environment: Readonly<Record<string, string>>;
  /** To be measured beside the app. */
  readonly processes: readonly ManagedProcess[];
  close(): Promise<void>;
}

export interface PrivateServerOptions {
  /** Made when missing; its path must be short, for a socket lies in it. */
  readonly folder: string;
  readonly guard: Guard;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Where programs are looked for behind PATH. */
  readonly serverFolders?: readonly string[];
  readonly signal: AbortSignal;
}

const [sqlName, redisName] = privateServerNames;
const host = '127.0.0.1';
const databaseName = 'insights_comparison';
const userName = 'insights';
const readySeconds = 60;
const stopSeconds = 20;
/** Where servers lie that are on nobody's PATH. */
const usualFolders = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/usr/local/bin',
  '/usr/bin',
];

/** Starts both. Throws `UserError` when one is not installed or does not come up; then none runs. */
export async function startPrivateServers(options: PrivateServerOptions): Promise<PrivateServers> {
  const redisProgram = await requireProgram(
    options,
    ['redis-server', 'valkey-server'],
    'Redis',
    'redis-server',
    'redis',
  );
  const sqlProgram = await requireProgram(options, ['mariadbd', 'mysqld'], 'MariaDB', 'mariadb-server', 'mariadb');
  await mkdir(options.folder, { recursive: true });
  const processes: ManagedProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(processes.map(async (process) => process.stop({ graceSeconds: stopSeconds })));
  };
  try {
    const password = randomBytes(12).toString('hex');
    const sqlPort = await startSql(options, sqlProgram, password, processes);
    const redisPort = await startRedis(options, redisProgram, processes);
    return {
      environment: {
        DB_HOST: host,
        DB_PORT: String(sqlPort),
        DB_NAME: databaseName,
        DB_USER: userName,
        DB_PASSWORD: password,
        CELERY_BROKER_URL: `redis://${host}:${redisPort}/0`,
      },
      processes,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startSql(
  options: PrivateServerOptions,
  program: string,
  password: string,
  processes: ManagedProcess[],
): Promise<number> {
  const data = path.join(options.folder, 'sql');
  await mkdir(data);
  // MariaDB and MySQL will not run as root unless told to.
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  await makeDataFolder(options, program, data, user);
  const setup = path.join(options.folder, 'setup.sql');
  await writeFile(
    setup,
    [
      `CREATE DATABASE IF NOT EXISTS ${databaseName} CHARACTER SET utf8mb4;`,
      `CREATE USER IF NOT EXISTS '${userName}'@'%' IDENTIFIED BY '${password}';`,
      `GRANT ALL PRIVILEGES ON *.* TO '${userName}'@'%';`,
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  const port = await findFreePort();
  const server = await startProcess(
    {
      ...shared(options),
      name: sqlName,
      command: [
        ...[program, '--no-defaults', ...user, `--datadir=${data}`, `--port=${port}`, `--bind-address=${host}`],
        ...[`--socket=${path.join(options.folder, 'sql.sock')}`, `--pid-file=${path.join(options.folder, 'sql.pid')}`],
        ...['--skip-log-bin', '--skip-name-resolve', '--loose-mysqlx=OFF', `--init-file=${setup}`],
      ],
    },
    options.guard,
  );
  processes.push(server);
  await ready(server, new RegExp(String.raw`ready for connections|port: ${port}\b`), options.signal);
  return port;
}

async function makeDataFolder(
  options: PrivateServerOptions,
  program: string,
  data: string,
  user: readonly string[],
): Promise<void> {
  const { environment, signal } = options;
  const installer = await findProgram(['mariadb-install-db', 'mysql_install_db'], options);
  const [command, ...words] =
    path.basename(program) === 'mariadbd' && installer !== null
      ? [
          installer,
          '--no-defaults',
          ...user,
          `--datadir=${data}`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
        ]
      : [program, '--no-defaults', ...user, '--initialize-insecure', `--datadir=${data}`];
  const result = await execa(command ?? program, words, {
    env: environment,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: 120_000,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (result.exitCode === 0) return;
  throw new UserError('target', 'A private MariaDB could not be set up.', {
    hint: `It said: ${(result.all ?? '').trim().split('\n').slice(-5).join(' | ')}`,
  });
}

async function startRedis(
  options: PrivateServerOptions,
  program: string,
  processes: ManagedProcess[],
): Promise<number> {
  const port = await findFreePort();
  const server = await startProcess(
    {
      ...shared(options),
      name: redisName,
      // Nothing is written to disk: the queue of a trial is gone with it.
      command: [
        program,
        '--port',
        String(port),
        '--bind',
        host,
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        options.folder,
      ],
    },
    options.guard,
  );
  processes.push(server);
  await ready(server, /Ready to accept connections|ready to accept connections/, options.signal);
  return port;
}

function shared({ folder, environment, logFile }: PrivateServerOptions) {
  return { cwd: folder, environment, secrets: [], logFile };
}

async function ready(server: ManagedProcess, pattern: RegExp, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(readySeconds * 1000);
  try {
    await server.waitForLine(pattern, AbortSignal.any([signal, limit]));
  } catch (cause) {
    signal.throwIfAborted();
    throw new UserError('target', `The private ${server.name} server did not come up.`, {
      hint: `It said: ${server.tail().slice(-5).join(' | ')}`,
      cause,
    });
  }
}

async function requireProgram(
  options: PrivateServerOptions,
  names: readonly string[],
  label: string,
  debianPackage: string,
  brewPackage: string,
): Promise<string> {
  const found = await findProgram(names, options);
  if (found !== null) return found;
  throw new UserError(
    'target',
    `--stack mysql-redis needs a ${label} server, and ${names.join(' or ')} was not found`,
    {
      hint: `Install it (Debian: apt install ${debianPackage}; macOS: brew install ${brewPackage}), or name servers of your own in the env files.`,
    },
  );
}

async function findProgram(
  names: readonly string[],
  { environment, serverFolders = usualFolders }: PrivateServerOptions,
): Promise<string | null> {
  const folders = [...(environment['PATH'] ?? '').split(path.delimiter).filter(Boolean), ...serverFolders];
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return null;
}
