import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkPort, findFreePort, portTakenError } from './checkPort';
import { parseTcpTable } from './portOwner';

const servers: Server[] = [];
let hasIpv6 = false;

async function listen(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  servers.push(server);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

beforeAll(async () => {
  hasIpv6 = await listen('::1').then(
    () => true,
    () => false,
  );
});
afterEach(() => {
  servers.splice(0).forEach((server) => server.close());
});

describe('a port', () => {
  test('that nobody has is free, and stays so', async () => {
    const port = await findFreePort();
    expect(await checkPort(port)).toEqual({ state: 'free' });
    expect(await checkPort(port, 'localhost')).toEqual({ state: 'free' });
  });

  test.each(['127.0.0.1', '0.0.0.0'])('with a listener on %s is taken, and by whom', async (host) => {
    const state = await checkPort(await listen(host));
    expect(state).toMatchObject({
      state: 'taken',
      pid: process.pid,
      command: expect.stringContaining('node') as unknown,
    });
  });

  test('with a listener on ::1 is free for 127.0.0.1, taken for localhost', async (context) => {
    context.skip(!hasIpv6);
    const port = await listen('::1');
    expect(await checkPort(port)).toEqual({ state: 'free' });
    expect(await checkPort(port, 'localhost')).toMatchObject({ state: 'taken', pid: process.pid });
  });

  test('that is taken makes an error that says by whom, and what to do', () => {
    const error = portTakenError(5000, { pid: 12, command: `python ${'x'.repeat(300)}` });
    expect(error.code).toBe('target');
    expect(error.message).toMatch(/^Port 5000 is taken by process 12 \(python x{100,120}…\)\.$/);
    expect(error.hint).toContain('another "port"');
    expect(portTakenError(5000, { pid: null, command: null }).message).toBe('Port 5000 is taken by another program.');
  });
});

test('the kernel’s table of connections is read: port, state, inode', () => {
  const text =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0 100 0 0 10 0\n' +
    '   1: 00000000000000000000000001000000:0050 00000000000000000000000001000000:D431 01 0:0 0:0 0 0 0 77 1 0 20 4 30 10 -1\n';
  expect(parseTcpTable(text)).toEqual([
    { port: 8080, isListening: true, inode: '4242' },
    { port: 80, isListening: false, inode: '77' },
  ]);
});
