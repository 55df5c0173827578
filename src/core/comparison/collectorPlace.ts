import { lookup } from 'node:dns/promises';
import { UserError } from '../../shared/userError';
import type { CollectorPlace } from '../collector/collectorProtocol';
import { checkPort } from '../target/checkPort';
import { isOwnAddress } from '../target/isOwnAddress';

/**
 * Where to listen for an app that calls the collector `url` (`http://HOST:PORT`): on that address where it is one of this machine's, else on
 * 127.0.0.1, where a tunnel ends; on its port in either case. No other address than the one that was named is opened.
 * Throws `UserError` when the port is taken.
 */
export async function collectorPlace(url: string): Promise<CollectorPlace> {
  const { hostname, port } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(name).catch(() => null);
  const host = found !== null && isOwnAddress(found.address) ? found.address : '127.0.0.1';
  const state = await checkPort(Number(port), host);
  if (state.state === 'taken') {
    throw new UserError('usage', `The collector cannot listen on port ${port} of ${host}: it is taken`, {
      hint: 'Name another port in "collectorUrl", or end what listens there.',
    });
  }
  return { host, port: Number(port), url };
}
