import { describe, expect, test } from 'vitest';
import type { ListedRun } from '../../core/history/readPastRun';
import { createRunIndex } from './runIndex';
import { testSummary } from '../../../test/fixtures/testSummary';

const run = (folder: string, createdAt: string): ListedRun => ({ folder, summary: testSummary({ createdAt }) });
const one = run('/a/runs/1', '2026-11-20T10:00:00.000Z');
const two = run('/b/runs/2', '2026-11-21T10:00:00.000Z');
const three = run('/a/runs/3', '2026-11-22T10:00:00.000Z');

describe('the list of runs', () => {
  test('is newest first over all results folders', () => {
    const index = createRunIndex<ListedRun>();
    index.replace('/a', [one, three]);
    index.replace('/b', [two]);
    expect(index.sorted).toEqual([three, two, one]);
  });

  test('takes in, renews and drops single runs', () => {
    const index = createRunIndex<ListedRun>();
    index.put('/a', one);
    index.put('/a', three);
    const renewed: ListedRun = { ...one, summary: testSummary({ ...one.summary, label: 'CPU ≈' }) };
    index.put('/a', renewed);
    index.remove('/a', three.folder);
    index.remove('/b', two.folder);
    expect(index.sorted).toEqual([renewed]);
  });

  test('is the same object until something changes', () => {
    const index = createRunIndex<ListedRun>();
    index.replace('/a', [one]);
    const before = index.sorted;
    index.remove('/a', '/a/runs/unknown');
    expect(index.sorted).toBe(before);
  });

  test('a results folder that is read again, or is left, loses its old runs', () => {
    const index = createRunIndex<ListedRun>();
    index.replace('/a', [one]);
    index.replace('/a', [three]);
    index.replace('/b', [two]);
    index.keepOnly(['/a']);
    expect(index.sorted).toEqual([three]);
  });

  test('runs of the same instant have an order of their own', () => {
    const index = createRunIndex<ListedRun>();
    const [first, second] = [run('/a/runs/x', one.summary.createdAt), run('/a/runs/x-2', one.summary.createdAt)];
    index.replace('/a', [second, first]);
    const order = index.sorted;
    index.replace('/a', [first, second]);
    expect(index.sorted).toEqual(order);
  });
});
