import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { findFreePort } from '../../src/core/target/checkPort';
import { until } from './commandLine';

/** Where the set-up has put PostgreSQL's programs; undefined: it could not. */
export const postgresPrograms = process.env['INSIGHTS_COMPARISON_TEST_POSTGRES'];

export interface PostgresServer {
  readonly port: number;
  readonly user: string;
  close(): Promise<void>;
}

const user = 'app';
/** It refuses to run as root: then it runs as nobody, with programs that nobody may read. */
const nobody = 65_534;

/** A server of its own with data in a temporary folder; resolves when it takes connections. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ic-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const rights = isRoot ? { uid: nobody, gid: nobody } : {};
  let own = programs;
  if (isRoot) {
    // With the libraries that stand beside it in the wheel.
    const wheel = path.resolve(programs, '..', '..', '..');
    for (const part of ['pgserver', 'pgserver.libs'])
      await cp(path.join(wheel, part), path.join(folder, 'programs', part), { recursive: true });
    own = path.join(folder, 'programs', path.relative(wheel, programs));
    await chmod(folder, 0o755);
    await execa('chown', ['-R', `${nobody}:${nobody}`, folder]);
  }
  const data = path.join(folder, 'data');
  const options = { ...rights, cwd: folder, env: { LC_ALL: 'C' } };
  await execa(
    path.join(own, 'initdb'),
    ['-D', data, '-U', user, '--auth=trust', '--encoding=utf8', '--no-sync'],
    options,
  );
  const port = await findFreePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, 'fsync=off'];
  const server = spawn(path.join(own, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...options,
    stdio: 'ignore',
  });
  const exited = once(server, 'exit');
  await until('PostgreSQL takes connections', 30, async () => takesConnections(port));
  return {
    port,
    user,
    close: async () => {
      server.kill('SIGINT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
