import { describe, expect, test } from 'vitest';
import { recordActionStates } from './recordActionStates';

const free = { isTrusted: true, isRunning: false, isOnDisk: true };

describe('running a record again', () => {
  test('is offered in a trusted folder while nothing is on', () => {
    expect(recordActionStates(free)).toEqual({ canRunAgain: true, whyNot: null });
  });

  test.each([
    [{ ...free, isTrusted: false, isRunning: true }, /not trusted/],
    [{ ...free, isRunning: true }, /is on already/],
    [{ ...free, isOnDisk: false }, /not the record on disk/],
  ])('is refused with the reason: %j', (now, why) => {
    const { canRunAgain, whyNot } = recordActionStates(now);
    expect(canRunAgain).toBe(false);
    expect(whyNot).toMatch(why);
  });
});
