import { networkInterfaces } from 'node:os';

/** Whether an IP address is one on which this machine can listen. */
export function isOwnAddress(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return /^127\./.test(address) || own.some((each) => each.address === address);
}
