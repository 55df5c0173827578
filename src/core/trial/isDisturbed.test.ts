import { describe, expect, test } from 'vitest';
import { isDisturbed } from './isDisturbed';

const calm = { cpuCores: 0.4, foreignCpuCores: 0.03, stealCores: 0 };

describe('a trial is disturbed', () => {
  test('not by what a quiet machine does anyway', () => {
    expect(isDisturbed(calm, 2)).toBe(false);
    expect(isDisturbed({ ...calm, stealCores: 0.015 }, 2)).toBe(false);
  });

  test('by steal of more than a twentieth of the CPU time that was wanted, however many cores there are', () => {
    expect([2, 64].map((cores) => isDisturbed({ ...calm, stealCores: 0.03 }, cores))).toEqual([true, true]);
    expect(isDisturbed({ ...calm, cpuCores: 1.8, stealCores: 0.06 }, 2)).toBe(false);
    expect(isDisturbed({ ...calm, cpuCores: 1.8, stealCores: 0.12 }, 2)).toBe(true);
  });

  test("by other processes that use more than 15 % of the machine, whatever the variant's own use", () => {
    expect(isDisturbed({ ...calm, foreignCpuCores: 0.31 }, 2)).toBe(true);
    expect(isDisturbed({ ...calm, foreignCpuCores: 0.31 }, 4)).toBe(false);
    expect(isDisturbed({ ...calm, cpuCores: 1.99, foreignCpuCores: 0.1 }, 2)).toBe(false);
  });
});
