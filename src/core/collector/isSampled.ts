import { createHash } from 'node:crypto';

/**
 * Whether honeybadger keeps the events of a request at this sample rate in percent (`Honeybadger._should_sample_event` of
 * honeybadger 1.3.0): all from 100 on, none at 0 or less, else `int(md5(id).hexdigest(), 16) % 100 < rate`.
 */
export function isSampled(requestId: string, sampleRate: number): boolean {
  if (sampleRate >= 100) return true;
  if (sampleRate <= 0) return false;
  return samplingPercentile(requestId) < sampleRate;
}

/** `int(md5(id).hexdigest(), 16) % 100`: the place, 0 … 99, that decides whether a request is kept. */
export function samplingPercentile(requestId: string): number {
  const digest = createHash('md5').update(requestId, 'utf8').digest();
  let remainder = 0;
  // Long division in base 2^32: the remainder stays below 100, so every step is exact in a double.
  for (let offset = 0; offset < digest.length; offset += 4)
    remainder = (remainder * 0x1_0000_0000 + digest.readUInt32BE(offset)) % 100;
  return remainder;
}
