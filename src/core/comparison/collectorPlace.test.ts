import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { findFreePort } from '../target/checkPort';
import { collectorPlace } from './collectorPlace';

describe('where the collector listens for an app elsewhere', () => {
  test('on an address of this machine that was named, and its port', async () => {
    const own = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ family }) => family === 'IPv4'),
    );
    for (const { address } of own) {
      const port = await findFreePort(address);
      const url = `http://${address}:${port}`;
      expect(await collectorPlace(url)).toEqual({ host: address, port, url });
    }
    expect(own.length).toBeGreaterThan(0);
  });

  test('where a tunnel ends, for any other name', async () => {
    const port = await findFreePort();
    const url = `http://collector.invalid:${port}`;
    expect(await collectorPlace(url)).toEqual({ host: '127.0.0.1', port, url });
  });

  test('not on a port that is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    await expect(collectorPlace(`http://127.0.0.1:${port}`)).rejects.toThrow(
      /cannot listen on port \d+ of 127\.0\.0\.1: it is taken/,
    );
    server.close();
  });
});
