import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { holdClosedPort } from './closedPort';
import { testPython } from './testPython';

test('who connects to a closed port is refused, each time', async () => {
  const closed = await holdClosedPort();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [error] = await once(connect(closed.port, '127.0.0.1'), 'error').catch((reason: unknown) => [reason]);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  }
  closed.release();
});

test('a closed port is taken: who asks for it without sharing it does not get it', async () => {
  const closed = await holdClosedPort();
  // Node's own servers share an address with connections of the past (SO_REUSEADDR); Python's plain sockets do not.
  const bind = "import socket, sys; socket.socket().bind(('127.0.0.1', int(sys.argv[1])))";
  const taking = promisify(execFile)(testPython(), ['-c', bind, String(closed.port)]);
  await expect(taking).rejects.toThrow('Address already in use');
  closed.release();
});
