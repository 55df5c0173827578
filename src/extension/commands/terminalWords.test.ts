import { expect, test } from 'vitest';
import { runRequestSchema } from '../../shared/runRequest';
import { doctorWords, initWords, monitorWords } from './terminalWords';

const plain = runRequestSchema.parse({ folder: '/home/me/shop' });
const adHoc = { command: 'gunicorn app:app', url: 'http://127.0.0.1:8123', ready: '/health/' };
const started = runRequestSchema.parse({ folder: '/home/me/shop', adHoc });

test('a folder is looked at whole', () => {
  expect(doctorWords(plain)).toEqual(['doctor', '/home/me/shop/', 'quick', 'all']);
  expect(initWords(plain)).toEqual(['init', '/home/me/shop/']);
  expect(monitorWords(plain)).toEqual(['monitor', '/home/me/shop/']);
});

test("the settings' own app alone, where they start one", () => {
  expect(doctorWords(started).slice(3)).toEqual([
    '--command',
    adHoc.command,
    '--url',
    adHoc.url,
    '--ready',
    '/health/',
  ]);
  expect(monitorWords(started)).toEqual(['monitor', '--port', '8123']);
});
