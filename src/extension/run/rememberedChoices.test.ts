import { expect, test } from 'vitest';
import { readChoices, withChoice, type RememberedChoice } from './rememberedChoices';

const choice = (target: string, change: Partial<RememberedChoice> = {}): RememberedChoice => ({
  folder: '/app',
  target,
  scenario: 'quick',
  variants: null,
  ...change,
});

test('choices are kept newest first, one per app', () => {
  const kept = withChoice(
    withChoice(withChoice([], choice('a')), choice('b')),
    choice('a', { scenario: 'light_load' }),
  );
  expect(kept).toEqual([choice('a', { scenario: 'light_load' }), choice('b')]);
  const many = Array.from({ length: 60 }, (_, index) => choice(`t${index}`)).reduce<readonly RememberedChoice[]>(
    withChoice,
    [],
  );
  expect(many).toHaveLength(50);
});

test('what was kept by another version is left out', () => {
  const good = choice('a', {
    variants: [
      { type: 'project', name: 'x' },
      { type: 'switch', name: 'y', isOn: true },
      { type: 'files', name: 'z', files: ['/z'] },
    ],
  });
  const bad = [
    null,
    'text',
    { ...good, folder: 7 },
    { ...good, variants: [] },
    { ...good, variants: [{ type: 'novel', name: 'x' }] },
    { ...good, variants: [{ type: 'files', name: 'x', files: [1] }] },
    { folder: '/app', target: 'a', scenario: 'quick' },
  ];
  expect(readChoices([...bad, good])).toEqual([good]);
  expect(readChoices(undefined)).toEqual([]);
  expect(readChoices({})).toEqual([]);
});
