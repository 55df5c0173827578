import { describe, expect, test } from 'vitest';
import { testSummary } from '../../../test/fixtures/testSummary';
import { createRunFilter } from './runFilter';

const run = {
  folder: '/r/runs/x',
  summary: testSummary({ label: 'CPU +6.2 % · p95 ≈', target: 'flask', scenario: 'light_load', branch: 'topic' }),
  annotation: { name: 'Before the upgrade', note: 'Python 3.12', pinned: true },
};

describe('the filter of past runs', () => {
  test.each([
    '',
    '  ',
    'flask',
    'LIGHT flask',
    'cpu +6.2',
    'before upgrade',
    '3.12',
    'topic',
    'pinned',
    run.summary.id,
  ])('“%s” keeps it', (text) => {
    expect(createRunFilter(text)(run)).toBe(true);
  });

  test.each(['django', 'flask heavy', '+6.3', 'null', 'undefined'])('“%s” leaves it out', (text) => {
    expect(createRunFilter(text)(run)).toBe(false);
  });
});
