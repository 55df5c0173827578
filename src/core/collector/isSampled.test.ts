import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { isSampled, samplingPercentile } from './isSampled';
import { testPython } from './testPython';

const ids = Array.from({ length: 300 }, (_, n) => `a1B2-7-${n}`);

describe('which requests a sample rate keeps', () => {
  test("is what honeybadger's own code decides", () => {
    const rates = [1, 12.5, 37, 50, 99];
    const script = `
import json, sys
from honeybadger import honeybadger
ids, rates = json.load(sys.stdin)
def kept(rate):
    honeybadger.configure(events_sample_rate=rate)
    return [honeybadger._should_sample_event({'request_id': id}) for id in ids]
print(json.dumps([kept(rate) for rate in rates]))
`;
    const kept: unknown = JSON.parse(
      execFileSync(testPython(), ['-c', script], { input: JSON.stringify([ids, rates]), encoding: 'utf8' }),
    );
    expect(kept).toEqual(rates.map((rate) => ids.map((id) => isSampled(id, rate))));
  });

  test('is all from 100 on and none at 0 or below', () => {
    for (const id of ids) {
      expect(isSampled(id, 100)).toBe(true);
      expect(isSampled(id, 250)).toBe(true);
      expect(isSampled(id, 0)).toBe(false);
      expect(isSampled(id, -5)).toBe(false);
    }
  });

  test('is the 128-bit number of the hash modulo 100', () => {
    // md5('abc') = 900150983cd24fb0d6963f7d28e17f72
    expect(samplingPercentile('abc')).toBe(Number(0x900150983cd24fb0d6963f7d28e17f72n % 100n));
  });
});
