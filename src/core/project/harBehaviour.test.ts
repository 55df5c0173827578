import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHarBehaviour } from './harBehaviour';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-har-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const entry = (method: string, url: string, more: object = {}, status = 200, mimeType = 'text/html'): object => ({
  request: { method, url, headers: [{ name: 'Cookie', value: 'session=secret' }], ...more },
  response: { status, content: { mimeType } },
});

async function behaviourOf(entries: readonly object[]) {
  const file = path.join(folder, 'recording.har');
  await writeFile(file, JSON.stringify({ log: { version: '1.2', entries } }));
  return readHarBehaviour(file);
}

test('what was recorded of the app becomes actions, weighted by how often it came', async () => {
  const json = { postData: { mimeType: 'application/json', text: '{"n":1}' } };
  const form = { postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b c' }] } };
  const behaviour = await behaviourOf([
    entry('GET', 'http://localhost:8000/'),
    entry('GET', 'http://localhost:8000/style.css', {}, 200, 'text/css'),
    entry('GET', 'http://localhost:8000/app.js?v=1'),
    entry('GET', 'http://cdn.example/x'),
    entry('GET', 'http://localhost:8000/items/?page=1'),
    entry('GET', 'http://localhost:8000/items/?page=2'),
    entry('POST', 'http://localhost:8000/api/', json, 201, 'application/json'),
    entry('POST', 'http://localhost:8000/form/', form, 302),
    entry('GET', 'http://localhost:8000/missing/', {}, 404),
    entry('GET', 'http://localhost:8000/'),
    entry('GET', 'http://localhost:8000/blocked/', {}, 0),
  ]);
  expect(behaviour.requests).toMatchObject([
    { name: 'GET /', path: '/', weight: 2 },
    { name: 'GET /items/', path: '/items/?page=1', weight: 1 },
    { name: 'GET /items/ (2)', path: '/items/?page=2' },
    { name: 'POST /api/', method: 'POST', json: { n: 1 } },
    { name: 'POST /form/', method: 'POST', form: { a: 'b c' } },
    { name: 'GET /missing/', expect: [404] },
  ]);
  expect(behaviour.requests).toHaveLength(6);
  expect(JSON.stringify(behaviour)).not.toContain('secret');
});

test.each([
  ['{ "log": 1 }', 'is no HTTP archive'],
  ['not json', 'is no HTTP archive'],
  ['{ "log": { "entries": [] } }', 'holds no request to an app'],
])('%s is refused', async (text, message) => {
  const file = path.join(folder, 'recording.har');
  await writeFile(file, text);
  await expect(readHarBehaviour(file)).rejects.toThrow(message);
  await expect(readHarBehaviour(path.join(folder, 'nowhere'))).rejects.toThrow('cannot be read');
});
