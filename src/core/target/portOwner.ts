import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { hasProcFs, ifReadable, listPids } from '../sample/procFiles';

export interface PortOwner {
  /** Null when it is a process of another user, or the platform does not tell. */
  readonly pid: number | null;
  readonly command: string | null;
}

interface TcpSocket {
  readonly port: number;
  readonly isListening: boolean;
  readonly inode: string;
}

/** Who holds a TCP port of this machine, listeners first. */
export function findPortOwner(port: number): PortOwner {
  if (!hasProcFs) {
    return findPortOwnerByLsof(port);
  }
  const sockets = readTcpSockets().filter((socket) => socket.port === port && socket.inode !== '0');
  const socket = sockets.find((one) => one.isListening) ?? sockets[0];
  const pid = socket === undefined ? undefined : listPids().find((one) => socketInodes(one).has(socket.inode));
  return pid === undefined ? { pid: null, command: null } : { pid, command: readCommand(pid) };
}

/** The ports that these processes listen on, ascending; empty where the platform does not tell. */
export function listenedPorts(pids: readonly number[]): number[] {
  if (!hasProcFs) {
    return [];
  }
  const inodes = new Set(pids.flatMap((pid) => [...socketInodes(pid)]));
  const ports = readTcpSockets().filter((socket) => socket.isListening && inodes.has(socket.inode));
  return [...new Set(ports.map((socket) => socket.port))].sort((one, other) => one - other);
}

function readTcpSockets(): TcpSocket[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    parseTcpTable(ifReadable(() => readFileSync(path, 'latin1')) ?? ''),
  );
}

/** proc_net(5): `sl local_address rem_address st … inode` with the port in hex behind the colon; state 0A is LISTEN. */
export function parseTcpTable(text: string): TcpSocket[] {
  const sockets: TcpSocket[] = [];
  for (const line of text.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    const [, local, , state] = columns;
    const inode = columns[9];
    if (local !== undefined && inode !== undefined) {
      sockets.push({
        port: Number.parseInt(local.slice(local.indexOf(':') + 1), 16),
        isListening: state === '0A',
        inode,
      });
    }
  }
  return sockets;
}

function socketInodes(pid: number): Set<string> {
  const inodes = new Set<string>();
  for (const descriptor of ifReadable(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
    const inode = /^socket:\[(\d+)\]$/.exec(ifReadable(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? '')?.[1];
    if (inode !== undefined) {
      inodes.add(inode);
    }
  }
  return inodes;
}

function readCommand(pid: number): string | null {
  const words = ifReadable(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  return words === null || words === '' ? null : words.replaceAll('\0', ' ').trim();
}

/** Not yet run (macOS; Windows has no lsof, so the owner stays unknown there). */
function findPortOwnerByLsof(port: number): PortOwner {
  try {
    const pid = Number.parseInt(runQuietly('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']), 10);
    return Number.isInteger(pid)
      ? { pid, command: runQuietly('ps', ['-o', 'command=', '-p', String(pid)]).trim() || null }
      : { pid: null, command: null };
  } catch {
    return { pid: null, command: null };
  }
}

function runQuietly(program: string, words: readonly string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 3_000 });
}
