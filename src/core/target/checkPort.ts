import { connect, createServer } from 'node:net';
import { UserError } from '../../shared/userError';
import { findPortOwner, type PortOwner } from './portOwner';

export type PortState = { readonly state: 'free' } | ({ readonly state: 'taken' } & PortOwner);

const commandShown = 120;

/**
 * Whether an app can listen on a port of this machine, and if not, who has it. Nothing is ended. `host` is where the app
 * will listen: for `localhost` both 127.0.0.1 and ::1 must be free, since either may be asked; a wildcard listener (0.0.0.0,
 * ::) holds the port on every address. Throws a UserError for a port that needs administrator rights.
 */
export async function checkPort(port: number, host = '127.0.0.1'): Promise<PortState> {
  const addresses = host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
  for (const address of addresses) {
    if (await isTaken(port, address)) {
      return { state: 'taken', ...findPortOwner(port) };
    }
  }
  return { state: 'free' };
}

/** A port that nobody has at this moment. It is not reserved: use it soon. */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  return listenOnce(0, host);
}

/** For a taken port: who has it and what to do. */
export function portTakenError(port: number, owner: PortOwner): UserError {
  const command = owner.command ?? 'its command line cannot be read';
  const shown = command.length > commandShown ? `${command.slice(0, commandShown)}…` : command;
  const who = owner.pid === null ? 'another program' : `process ${owner.pid} (${shown})`;
  return new UserError('target', `Port ${port} is taken by ${who}.`, {
    hint: 'End that program, or set another "port" of the target in the project file (0 takes a free one each time).',
  });
}

async function isTaken(port: number, address: string): Promise<boolean> {
  try {
    await listenOnce(port, address);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      return true;
    }
    if (code === 'EACCES') {
      throw new UserError('target', `Port ${port} may not be used without administrator rights.`, {
        hint: 'Set "port" of the target to one above 1023 (0 takes a free one each time).',
        cause: error,
      });
    }
    // A machine without IPv6 has no ::1 on which anyone could listen.
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
      return false;
    }
    throw error;
  }
  // macOS and Windows let one listen on 127.0.0.1 beside another's 0.0.0.0 (not yet run there). On Linux listening says it
  // all, and a connection to a free port can, by chance, meet itself.
  return process.platform !== 'linux' && (await answers(port, address));
}

/** Listens and closes again; resolves with the port. */
function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (isAnswered: boolean): void => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.setTimeout(500, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
