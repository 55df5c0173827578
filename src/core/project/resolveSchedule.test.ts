import { describe, expect, test } from 'vitest';
import { resolveSchedule, type ScheduleRequest } from './resolveSchedule';

const nothingAsked: ScheduleRequest = {
  durationSeconds: undefined,
  blocks: undefined,
  trialSeconds: undefined,
  scenarioDurationSeconds: 120,
  usualTrialSeconds: 20,
};

describe('schedule', () => {
  test.each([
    ['nothing asked', {}, [6, 20, 120]],
    ['medium_load', { scenarioDurationSeconds: 300 }, [15, 20, 300]],
    ['burst_load', { scenarioDurationSeconds: 180 }, [9, 20, 180]],
    ['duration alone', { durationSeconds: 60 }, [3, 20, 60]],
    ['blocks alone', { blocks: 4 }, [4, 20, 80]],
    ['trial alone', { trialSeconds: 30 }, [4, 30, 120]],
    ['duration and blocks', { durationSeconds: 60, blocks: 4 }, [4, 15, 60]],
    ['duration and trial', { durationSeconds: 60, trialSeconds: 10 }, [6, 10, 60]],
    ['blocks and trial', { blocks: 3, trialSeconds: 5 }, [3, 5, 15]],
  ] as const)('%s', (_, asked, [blocks, trialSeconds, durationSeconds]) => {
    expect(resolveSchedule({ ...nothingAsked, ...asked })).toEqual({
      blocks,
      trialSeconds,
      durationSeconds,
      note: null,
    });
  });

  test('rounds a trial up to whole flushes and says so', () => {
    const schedule = resolveSchedule({ ...nothingAsked, blocks: 3, trialSeconds: 12 });
    expect(schedule.trialSeconds).toBe(15);
    expect(schedule.note).toMatch(/15 s instead of 12 s/);
  });

  test('refuses three that contradict each other', () => {
    expect(() => resolveSchedule({ ...nothingAsked, durationSeconds: 100, blocks: 3, trialSeconds: 20 })).toThrow(
      /any two|is not/,
    );
  });
});
