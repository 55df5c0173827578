import { describe, expect, test } from 'vitest';
import { differingNames, environmentLabel, environmentWords } from './environmentWords';

const values = {
  HONEYBADGER_INSIGHTS_ENABLED: 'true',
  HONEYBADGER_API_KEY: 'hbp_secret',
  HONEYBADGER_EVENTS_SAMPLE_RATE: '50',
  DB_PASSWORD: 'hunter2',
  DB_NAME: 'private.sqlite3',
};

describe('an environment in words', () => {
  test('shows Insights’ switch and how much there is, no other value', () => {
    const words = environmentWords({ name: 'with_insights', files: ['a/.env.flask.with_insights'], values });
    expect(words).toBe('HONEYBADGER_INSIGHTS_ENABLED=true · 5 variables, 2 hidden');
  });

  test('shows further names only when they are Honeybadger’s and no secrets', () => {
    const words = environmentWords({ name: 'x', files: ['.env'], values }, Object.keys(values));
    expect(words).toBe('HONEYBADGER_INSIGHTS_ENABLED=true · HONEYBADGER_EVENTS_SAMPLE_RATE=50 · 5 variables, 2 hidden');
    expect(words).not.toMatch(/hbp_secret|hunter2|private/);
  });

  test('never shows an address with a password in it, nor more than a short line', () => {
    const words = environmentWords(
      {
        name: 'x',
        files: ['.env'],
        values: { HONEYBADGER_ENDPOINT: 'https://me:hunter2@proxy/', HONEYBADGER_ENVIRONMENT: `a\nb${'c'.repeat(99)}` },
      },
      ['HONEYBADGER_ENDPOINT', 'HONEYBADGER_ENVIRONMENT'],
    );
    expect(words).not.toContain('hunter2');
    expect(words).toMatch(/^HONEYBADGER_ENVIRONMENT=a bc{37}… · 2 variables$/);
  });

  test('says when no file makes it', () => {
    const shown = { name: 'with_insights', files: [], values: { HONEYBADGER_INSIGHTS_ENABLED: 'true' } };
    expect(environmentLabel(shown)).toBe('with_insights');
    expect(environmentWords(shown)).toBe(
      'HONEYBADGER_INSIGHTS_ENABLED=true · 1 variable · by the process environment, no file',
    );
  });

  test('is labelled by its files’ names', () => {
    expect(environmentLabel({ name: 'x', files: ['env/.env.base', 'env/.env.on'], values: {} })).toBe(
      '.env.base + .env.on',
    );
  });

  test('differs from another in Honeybadger’s variables, one that is missing included', () => {
    expect(differingNames([values, { ...values, DB_NAME: 'other', HONEYBADGER_INSIGHTS_ENABLED: 'false' }])).toEqual([
      'HONEYBADGER_INSIGHTS_ENABLED',
    ]);
    expect(differingNames([{}, { HONEYBADGER_REPORT_DATA: '1' }])).toEqual(['HONEYBADGER_REPORT_DATA']);
  });
});
