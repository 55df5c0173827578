import { expect, test } from 'vitest';
import { commitRows } from './commitRows';

test('rows are what is checked out, then branches and tags as git has sorted them', () => {
  const refs = [
    'feature/faster\0abc1234\x002 hours ago\0Faster list',
    'origin/HEAD\0def5678\x003 days ago\0Merge',
    'origin/main\0def5678\x003 days ago\0Merge',
    'v1.2\0def5678\x003 days ago\0Merge',
    '',
  ].join('\n');
  const rows = commitRows(refs, 'abc1234\x002 hours ago\0Faster list\n');
  expect(rows.map(({ revision }) => revision)).toEqual(['HEAD', 'feature/faster', 'origin/main', 'v1.2']);
  expect(rows[0]).toMatchObject({
    description: 'abc1234 · 2 hours ago · what has changed since',
    detail: 'Faster list',
  });
  expect(rows[1]).toMatchObject({ description: 'abc1234 · 2 hours ago', detail: 'Faster list' });
});
