import { expect, test } from 'vitest';
import { bodyExcerpt } from './bodyExcerpt';

test('a text stays as it is, up to the limit', () => {
  expect(bodyExcerpt('{"error":  "a < b"}', 300)).toBe('{"error":  "a < b"}');
  expect(bodyExcerpt('x'.repeat(400), 300)).toHaveLength(300);
});

test('a page says what a reader sees of it', () => {
  const page = `
    <!DOCTYPE html><html lang="en"><head><title>403 Forbidden</title><style>p { margin: 0 }</style></head>
    <body><style>${'a'.repeat(400)}</style><h1>Forbidden <span>(403)</span></h1>
    <p>CSRF verification failed.</p></body></html>`;
  expect(bodyExcerpt(page, 300)).toBe('Forbidden (403) CSRF verification failed.');
  expect(bodyExcerpt(page, 9)).toBe('Forbidden');
});

test('a page of a megabyte is no work', () => {
  const startMs = performance.now();
  expect(bodyExcerpt(`<p>${'<style '.repeat(150_000)}`, 300)).toBe('');
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
