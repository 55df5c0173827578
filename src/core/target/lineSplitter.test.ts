import { describe, expect, test } from 'vitest';
import { createLineSplitter } from './lineSplitter';
import { createSecretMask } from './maskSecrets';

function split(chunks: readonly string[], secrets: readonly string[] = []): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(createSecretMask(secrets), (line) => lines.push(line));
  chunks.forEach((chunk) => splitter.push(chunk));
  splitter.end();
  return lines;
}

describe('the line splitter', () => {
  test('joins chunks, cuts lines, drops the carriage return of Windows', () => {
    expect(split(['a', 'b\r\nc\n\nd'])).toEqual(['ab', 'c', '', 'd']);
  });

  test('passes on a line without an end in pieces, and no piece shows a part of a secret', () => {
    const secret = 'hunter2hunter2';
    const long = 'x'.repeat(70_000);
    const lines = split([`${long}hunter2`, 'hunter2', ` and ${long}`, `${secret}${long}`], [secret]);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe(`${long}••• and ${long}•••${long}`);
  });
});

describe('the mask', () => {
  test('takes the longest secret first and leaves short values alone', () => {
    const mask = createSecretMask(['pass', 'password1', 'abc', '']);
    expect(mask.apply('password1 pass abc')).toBe('••• ••• abc');
  });
});
