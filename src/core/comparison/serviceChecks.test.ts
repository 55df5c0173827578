import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { namedServices, serviceChecks } from './serviceChecks';

test.each([
  [{ CELERY_BROKER_URL: 'redis://:secret@127.0.0.1:6380/2' }, [['CELERY_BROKER_URL', 'Redis', '127.0.0.1', 6380]]],
  [{ DATABASE_URL: 'postgres://me@db/shop' }, [['DATABASE_URL', 'PostgreSQL', 'db', 5432]]],
  [{ SQLALCHEMY_URI: 'mysql+pymysql://me@db/shop' }, [['SQLALCHEMY_URI', 'MySQL', 'db', 3306]]],
  [{ DB_HOST: 'localhost', DB_PORT: '3306' }, [['DB_HOST', 'MySQL', 'localhost', 3306]]],
  [{ DB_HOST: 'localhost', DB_PORT: '3399' }, [['DB_HOST', 'The database', 'localhost', 3399]]],
  [{ A_URL: 'redis://x:1', B_URL: 'redis://x:1' }, [['A_URL', 'Redis', 'x', 1]]],
  [{ CELERY_BROKER_URL: 'filesystem://localhost', SITE: 'https://example.com', DB_HOST: 'localhost' }, []],
])('%j names %j', (environment, expected) => {
  const services = namedServices(environment);
  expect(services.map(({ variable, kind, host, port }) => [variable, kind, host, port])).toEqual(expected);
});

test('one that takes a connection is up, one that does not is a warning with what to do', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const services = [{ variable: 'CELERY_BROKER_URL', kind: 'Redis', host: '127.0.0.1', port }];
  expect(await serviceChecks(services)).toMatchObject([{ state: 'ok' }]);
  await new Promise((resolve) => server.close(resolve));
  expect(await serviceChecks(services)).toMatchObject([
    { state: 'warning', code: 'service_down', advice: expect.stringContaining('redis-server') as unknown },
  ]);
});
