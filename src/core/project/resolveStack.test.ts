import { expect, test } from 'vitest';
import { projectFileSchema } from '../../shared/projectFile';
import { resetOnStack, resolveStack } from './resolveStack';

const project = projectFileSchema.parse({
  stacks: { compose: { start: ['docker', 'compose', 'up', '-d'], env: { DB_HOST: '127.0.0.1' } } },
});

test("the project's own stacks come before the built-in one; a wrong name is told with the nearest", () => {
  expect(resolveStack(undefined, project, '/shop')).toBeNull();
  expect(resolveStack('mysql-redis', project, '/shop')).toEqual({ type: 'private', name: 'mysql-redis' });
  expect(resolveStack('compose', project, '/shop')).toEqual({
    type: 'commands',
    name: 'compose',
    start: ['docker', 'compose', 'up', '-d'],
    stop: null,
    environment: { DB_HOST: '127.0.0.1' },
    cwd: '/shop',
  });
  expect(() => resolveStack('mysql-reddis', project, '/shop')).toThrow('There is no stack mysql-reddis');
});

test('on private servers the state lies there instead of in a file and a folder', () => {
  const reset = { sqlite: 'DB_NAME', folder: 'BROKER_DIR', projectCopy: true };
  const stack = { type: 'private', name: 'mysql-redis' } as const;
  expect(resetOnStack(reset, stack)).toEqual({ projectCopy: true, mysql: 'DB_NAME', redis: 'CELERY_BROKER_URL' });
  expect(resetOnStack(reset, null)).toBe(reset);
});
