import { expect, test } from 'vitest';
import { syntheticPlan } from '../../../test/fixtures/syntheticTrials';
import type { RunEventBody } from '../../shared/events';
import { logLine } from './logLine';

const trial = { position: 3, of: 12, block: 1, blocks: 3, variant: 'with_insights', kind: 'scenario' } as const;

test.each([
  [{ type: 'log', source: 'insights-comparison', line: 'swept' }, 'own', 'info', 'swept'],
  [{ type: 'log', source: 'celery', line: 'ready.' }, 'app', 'info', 'celery: ready.'],
  [{ type: 'run-started', targets: ['a', 'b'], estimatedSeconds: 150 }, 'own', 'info', /a, b: about 2 min 30 s/],
  [{ type: 'trial-started', trial }, 'own', 'info', 'Trial 4 of 12, with_insights, scenario: started'],
  [
    { type: 'trial-started', trial: { ...trial, attempt: 1 } },
    'own',
    'info',
    /scenario, again: its block was disturbed/,
  ],
  [{ type: 'plan-changed', plan: syntheticPlan(), message: '12 blocks in all' }, 'own', 'info', '12 blocks in all'],
  [{ type: 'preflight', check: 'port', state: 'failed', message: '5000 is taken' }, 'own', 'error', /5000 is taken/],
  [{ type: 'warning', warning: { code: 'x', message: 'Noisy', advice: 'Wait.' } }, 'own', 'warn', 'Noisy. Wait.'],
  [{ type: 'preflight', check: 'on', state: 'ok', message: 'on: it answers' }, 'own', 'info', /^on: it answers$/],
  [{ type: 'stopping', reason: 'asked for' }, 'own', 'info', 'Stopping: asked for'],
  [{ type: 'run-finished', exitCode: 0 }, 'own', 'info', /exit code 0/],
  [
    { type: 'run-finished', exitCode: 3, error: { message: 'No port.', hint: 'Free it.' } },
    'own',
    'error',
    'No port.\nFree it.',
  ],
] satisfies [RunEventBody, string, string, string | RegExp][])('%j is logged', (body, channel, level, text) => {
  const line = logLine({ atMs: 1, ...body });
  expect(line).toMatchObject({ channel, level });
  expect(line?.text).toMatch(text);
});

test('what comes each second is not logged', () => {
  expect(logLine({ atMs: 1, type: 'progress', elapsedSeconds: 1, remainingSeconds: 1, fraction: 0.5 })).toBeNull();
  expect(logLine({ atMs: 1, type: 'preflight', check: 'port', state: 'running', message: '' })).toBeNull();
});
