import { hostname, networkInterfaces } from 'node:os';

/** Whether a host name or an IP address, also as it stands in a URL, is one of this machine's. Other names than its own are not looked up. */
export function isOwnAddress(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (address === 'localhost' || address === hostname()) return true;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return /^127\./.test(address) || own.some((each) => each.address === address);
}
