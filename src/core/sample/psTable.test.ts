import { describe, expect, test } from 'vitest';
import { createPsTable, parsePsTable, parsePsTime } from './psTable';

// As macOS 14 prints it.
const recorded = `  PID  PPID    RSS      TIME
    1     0  17952  23:07.43
  512     1   6016   0:00.03
12001   512 184320 131:08.99
`;

describe('the time of ps', () => {
  test.each([
    ['0:00.03', 0.03],
    ['23:07.43', 1387.43],
    ['131:08.99', 7868.99],
    ['0:01,50', 1.5],
    ['1:02:03', 3723],
    ['00:00:07', 7],
    ['2-03:04:05', 183845],
  ])('%s is %f s', (text, seconds) => {
    expect(parsePsTime(text)).toBeCloseTo(seconds, 6);
  });

  test.each(['', 'TIME', '-', '12', '1:2', '1:60:x'])('%j is none', (text) => {
    expect(parsePsTime(text)).toBeNull();
  });
});

describe("macOS's table", () => {
  test('reads pid, parent, memory in KB and CPU, without the header', () => {
    const rows = parsePsTable(recorded);
    expect(rows.map(({ pid, parentPid }) => [pid, parentPid])).toEqual([
      [1, 0],
      [512, 1],
      [12001, 512],
    ]);
    expect(rows[2]).toMatchObject({ rssBytes: 184_320 * 1024, cpuUserSeconds: 7868.99, threads: null, fds: null });
  });

  test('asks ps once for several trees that are read at the same time, and again afterwards', async () => {
    const asked: string[] = [];
    const table = createPsTable((file, words) => {
      asked.push([file, ...words].join(' '));
      return Promise.resolve(recorded);
    });
    const [one, other] = await Promise.all([table.read(() => [1]), table.read(() => [512])]);
    expect([[...one.keys()], [...other.keys()]]).toEqual([[1], [512]]);
    await table.read(() => []);
    expect(asked).toEqual(['ps -axo pid,ppid,rss,time', 'ps -axo pid,ppid,rss,time']);
  });
});
