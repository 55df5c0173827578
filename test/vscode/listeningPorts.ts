import { readFile } from 'node:fs/promises';
import { parseTcpTable } from '../../src/core/target/portOwner';

/** Every TCP port of this machine that somebody listens on. */
export async function listeningPorts(): Promise<ReadonlySet<number>> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1')));
  const sockets = tables.flatMap(parseTcpTable).filter(({ isListening }) => isListening);
  return new Set(sockets.map(({ port }) => port));
}
