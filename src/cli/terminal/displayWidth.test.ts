import { describe, expect, test } from 'vitest';
import { displayWidth, padToWidth, truncateToWidth, withoutControls, wrapToWidth } from './displayWidth';

describe('the width of text in a terminal', () => {
  test.each([
    ['abc', 3],
    ['−4.5 ms', 7],
    ['\u001b[31mred\u001b[39m', 3],
    ['日本', 4],
    ['👩‍💻', 2],
    ['e\u0301', 1],
    ['✓ ok', 4],
  ])('%j takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test('a cut never ends in the middle of a wide character', () => {
    expect(truncateToWidth('日本語', 4)).toBe('日…');
    expect(truncateToWidth('abc', 3)).toBe('abc');
    expect(padToWidth('日', 4, 'end')).toBe('  日');
  });

  test('wrapped lines fit, and no word is lost', () => {
    const text = 'one two three 日本語日本語 averyveryverylongword end';
    const lines = wrapToWidth(text, 8);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(8);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  test('text from outside cannot move the cursor, ring or turn the direction', () => {
    expect(withoutControls('a\u001b[2Jb\u0007c\rd\u202ee')).toBe('abcde');
  });
});
