import { describe, expect, test } from 'vitest';
import { repeatableRequest, repeatableRequestSchema, requestAgain, withoutSecrets } from './repeatableRequest';
import { runRequestSchema } from './runRequest';

const asked = runRequestSchema.parse({
  folder: '/home/someone/app',
  out: '/tmp/results',
  python: { path: '/home/someone/python', origin: 'a setting' },
  targets: ['all'],
  seed: 7,
  users: 3,
  environment: [
    { variant: 'with', key: 'HONEYBADGER_EVENTS_SAMPLE_RATE', value: '50' },
    { variant: 'with', key: 'HONEYBADGER_API_KEY', value: 'hbp_secret' },
  ],
});

test('a request without its secrets is the same in all else', () => {
  const { environment, ...rest } = withoutSecrets(asked);
  expect(environment).toEqual(asked.environment.slice(0, 1));
  expect({ ...rest, environment: asked.environment }).toEqual(asked);
});

describe('a request that a record keeps', () => {
  const kept = repeatableRequest(asked, { target: 'flask', scenario: 'quick' });

  test('names nothing of the machine and no secret', () => {
    const text = JSON.stringify(kept);
    expect(text).not.toContain('someone');
    expect(text).not.toContain('/tmp');
    expect(text).not.toContain('hbp_secret');
    expect(kept.environment.map(({ key }) => key)).toEqual(['HONEYBADGER_EVENTS_SAMPLE_RATE']);
  });

  test('asks for its own target and scenario, not for what else was run', () => {
    expect(kept).toMatchObject({ targets: ['flask'], scenario: 'quick', users: 3, seed: 7 });
  });

  test('is asked again elsewhere with new random choices', () => {
    const again = requestAgain(repeatableRequestSchema.parse(JSON.parse(JSON.stringify(kept))), {
      folder: '/elsewhere',
    });
    expect(runRequestSchema.parse(again)).toMatchObject({ folder: '/elsewhere', users: 3, targets: ['flask'] });
    expect(again.seed).toBeUndefined();
  });
});
