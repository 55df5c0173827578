import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { holdClosedPort } from './closedPort';

test('who connects to a closed port is refused, each time', async () => {
  const closed = await holdClosedPort();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [error] = await once(connect(closed.port, '127.0.0.1'), 'error').catch((reason: unknown) => [reason]);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  }
  closed.release();
});

test('a closed port is not among those that are given to others', async () => {
  const closed = await holdClosedPort();
  const servers = Array.from({ length: 500 }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(async (server) => once(server, 'listening')));
  const ports = servers.map((server) => JSON.stringify(server.address()));
  expect(ports.filter((address) => address.includes(`"port":${closed.port}`))).toEqual([]);
  for (const server of servers) server.close();
  closed.release();
});
