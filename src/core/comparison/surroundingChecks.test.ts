import { expect, test } from 'vitest';
import type { ComparisonRecord } from '../../shared/record';
import { surroundingChecks } from './surroundingChecks';

// The other rows have tests with their cause really there, in test/e2e: no interpreter as old as this is to be had.
test.each([
  ['3.8.19', 'warning', 'Python 3.8.19 (.venv) is older than honeybadger supports (3.9)'],
  ['2.7.18', 'warning', 'Python 2.7.18 (.venv) is older than honeybadger supports (3.9)'],
  ['3.9.0', 'ok', 'Python 3.9.0 (.venv)'],
  ['4.0.0', 'ok', 'Python 4.0.0 (.venv)'],
  [null, 'ok', 'Python of unknown version (.venv)'],
])('an interpreter of version %s: %s', async (python, state, message) => {
  const deps = {
    instructions: 'no_counters' as const,
    plan: { target: { python: { origin: '.venv' }, port: 0, host: '127.0.0.1' }, variants: [{ environment: {} }] },
    inheritedEnvironment: {},
    stack: { environment: {}, processes: [] },
  } as unknown as Parameters<typeof surroundingChecks>[0];
  const software = { python, honeybadger: null, framework: null, server: null } as ComparisonRecord['software'];
  const checks = await surroundingChecks(deps, software, new AbortController().signal);
  expect(checks.filter(({ name }) => name === 'interpreter')).toMatchObject([{ state, message }]);
});
