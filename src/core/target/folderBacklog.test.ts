import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderBacklog } from './folderBacklog';

let state: string;
beforeEach(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), 'ic-backlog-'));
});
afterEach(async () => rm(state, { recursive: true, force: true }));

test('messages that wait are counted by queue; those that were taken, and other files, are not', async () => {
  for (const file of [
    'BROKER_DIR/queue/1_a.celery.msg',
    'BROKER_DIR/queue/2_b.celery.msg',
    'BROKER_DIR/queue/3_c.slow.msg',
    'BROKER_DIR/queue/4_d.unfinished',
    'BROKER_DIR/processed/0_z.celery.msg',
    'OTHER/9_x.celery.msg',
  ]) {
    await mkdir(path.dirname(path.join(state, file)), { recursive: true });
    await writeFile(path.join(state, file), '');
  }
  expect(await folderBacklog({ folder: 'BROKER_DIR' }, state)).toEqual({ celery: 2, slow: 1 });
  expect(await folderBacklog({ folder: ['BROKER_DIR', 'OTHER'] }, state)).toEqual({ celery: 3, slow: 1 });
  expect(await folderBacklog({ folder: 'MISSING' }, state)).toEqual({});
  expect(await folderBacklog({}, state)).toBeNull();
});
