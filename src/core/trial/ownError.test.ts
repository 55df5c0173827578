import { describe, expect, test } from 'vitest';
import { ownError } from './ownError';

const second = (requests: number, cpuCores = 0.9): { requests: number; cpuCores: number } => ({ requests, cpuCores });

describe("a closed loop's own error", () => {
  test('of its rate is the standard error of its seconds, relative', () => {
    const found = ownError([second(480), second(500), second(520), second(500)], 3);
    expect(found?.rps).toBeCloseTo(16.33 / 500 / 2, 4);
  });

  test('of its CPU per request is nothing where CPU follows the requests exactly', () => {
    const seconds = [480, 500, 540].map((requests) => second(requests, requests * 0.002));
    expect(ownError(seconds, 3)?.cpuPerRequest).toBeCloseTo(0, 9);
    expect(ownError([second(500, 0.8), second(500, 0.9), second(500, 1)], 3)?.cpuPerRequest).toBeCloseTo(
      0.1 / 0.9 / Math.sqrt(3),
      6,
    );
  });

  test('is of its rate alone where CPU cannot be seen', () => {
    const seconds = [480, 500, 520, 500].map((requests) => ({ requests, cpuCores: null }));
    expect(ownError(seconds, 3)).toEqual({ rps: expect.closeTo(16.33 / 500 / 2, 4) as unknown, cpuPerRequest: null });
  });

  test('is not known of few seconds, of slow loops, or without CPU', () => {
    expect(ownError([], 3)).toBeUndefined();
    expect(ownError([second(500), second(510)], 3)).toBeUndefined();
    expect(ownError([second(29), second(29), second(29)], 3)).toBeUndefined();
    expect(ownError([second(500, 0), second(510, 0), second(490, 0)], 3)).toBeUndefined();
  });
});
