import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outageModes, type OutageMode } from '../../src/shared/outage';
import { recordSchema, type ComparisonRecord, type Trial } from '../../src/shared/record';
import {
  copyTinyProject,
  firstAttempts,
  processesOf,
  runCommandLine,
  startCommand,
  type TestProject,
} from './commandLine';

const short = ['run', '.', 'short', '--no-capacity', '--seed', '3'];
let project: TestProject;

beforeEach(async () => {
  project = await copyTinyProject();
  // A notice that is never answered holds the app's exit until gunicorn loses patience, after 30 s.
  const file = path.join(project.folder, 'insights-comparison.jsonc');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('{ "weight": 1, "name": "error", "path": "/error/", "expect": [500] },', ''));
});
afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

describe('with the real honeybadger package, an app meets', () => {
  test('each outage beside a healthy collector, and what it loses makes nothing invalid', async () => {
    await appendFile(path.join(project.folder, 'with.env'), 'HONEYBADGER_EVENTS_TIMEOUT=1\n');
    const { code, stdout } = await runCommandLine(project, [
      ...short,
      '--blocks',
      '1',
      '--outage',
      'slow,429,500',
      '--outage',
      '413,hang,refuse',
      '--json',
      '--quiet',
    ]);
    const record = recordSchema.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(record.status).toBe('complete');
    expect(firstAttempts(record.trials).map(({ verification }) => verification.ok)).toEqual(Array(8).fill(true));

    const healthy = trialOf(record, 'with_insights').verification;
    expect(healthy.received).toBe(healthy.expected);
    expect(healthy).not.toHaveProperty('refused');
    expect(trialOf(record, 'without_insights').verification.eventsByType).toEqual({});

    const met = (mode: OutageMode) => trialOf(record, `with_insights_outage_${mode}`).verification;
    for (const mode of outageModes) expect(met(mode).expected).toBeGreaterThan(0);
    expect(met('slow')).toMatchObject({ received: met('slow').expected, missing: 0, refused: 0 });
    for (const mode of ['429', '500', '413', 'hang'] as const) {
      expect(met(mode)).toMatchObject({ received: 0, missing: met(mode).expected, batches: 0 });
      expect(met(mode).refused).toBeGreaterThan(0);
    }
    expect(met('refuse')).toMatchObject({ missing: met('refuse').expected, batches: 0, refused: 0 });

    const given = (variant: string) => record.variants.find(({ name }) => name === variant)?.injected ?? {};
    for (const mode of ['429', 'hang']) {
      expect(given(`with_insights_outage_${mode}`)).toMatchObject({
        HONEYBADGER_EVENTS_MAX_QUEUE_SIZE: expect.stringMatching(/^\d{2,3}$/),
        HONEYBADGER_EVENTS_THROTTLE_WAIT: '1',
      });
    }
    expect(given('with_insights')).not.toHaveProperty('HONEYBADGER_EVENTS_MAX_QUEUE_SIZE');
    expect(given('with_insights_outage_refuse')['HONEYBADGER_ENDPOINT']).not.toBe(
      given('with_insights')['HONEYBADGER_ENDPOINT'],
    );
    expect(record.warnings.map((warning) => warning.code)).toContain('outages_scaled');
    expect(record.plan.repeatCommand).toContain('--outage slow,429,500,413,hang,refuse');
    expect(record.sentence).toContain('While Honeybadger refuses connections, with_insights');
  }, 300_000);

  test('a hanging service: its exit is waited for once, shown, then cut short as our doing and not as the app’s', async () => {
    const running = startCommand(project, [...short, '--blocks', '2', '--outage', 'hang', '--events']);
    expect(await running.exited).toBe(0);
    const finished = running.events.find((event) => event.type === 'comparison-finished');
    const recordPath = finished?.type === 'comparison-finished' ? finished.recordPath : null;
    const record = recordSchema.parse(JSON.parse(await readFile(recordPath ?? '', 'utf8')));

    const trials = firstAttempts(record.trials).filter(({ variant }) => variant === 'with_insights_outage_hang');
    expect(trials.map(({ exit }) => [exit.forced, exit.forcedReason])).toEqual([
      [false, undefined],
      [true, 'exit_wait_measured_once'],
    ]);
    const [first, second] = trials;
    expect(first?.shutdownMs).toBeGreaterThan(9_900);
    expect(second?.shutdownMs).toBeLessThan(first?.shutdownMs ?? 0);
    const waits = running.events.flatMap((event) => (event.type === 'exit-wait' ? [event.limitSeconds] : []));
    expect(waits.filter((limit) => limit === 130).length).toBeGreaterThanOrEqual(9);
    expect(waits).toContain(3);

    const shutdown = record.effects.find(
      ({ metric, candidate }) => metric === 'shutdown_ms' && candidate === second?.variant,
    );
    expect(shutdown).toMatchObject({
      candidateMean: first?.shutdownMs,
      verdict: null,
      note: 'measured once, then cut short',
    });
    const codes = record.warnings.map((warning) => warning.code);
    expect(codes).toContain('outage_exit_cut_short');
    expect(codes).not.toContain('forced_stop');
    expect(firstAttempts(record.trials).map(({ verification }) => verification.ok)).toEqual(Array(6).fill(true));
    expect(record.sentence).toMatch(
      /While Honeybadger never answers, .* loses \d+ events per trial, and takes 1\d(\.\d)? s to end/,
    );
  }, 300_000);
});

describe('an outage that means nothing', () => {
  test('is invalid when the app never met it, with the reason', async () => {
    const { code, stdout } = await runCommandLine(project, [
      ...short,
      ...['--blocks', '1', '--outage', '500', '--force', '--json', '--quiet'],
      ...['-e', 'with_insights_outage_500:TINY_UNWIRED=1'],
    ]);
    expect(code).toBe(5);
    const record = recordSchema.parse(JSON.parse(stdout));
    expect(record.status).toBe('invalid');
    expect(record.outcomeReason).toMatch(
      /^with_insights_outage_500: The outage was not served: Honeybadger answers 500/,
    );
    expect(trialOf(record, 'with_insights').verification.ok).toBe(true);
  }, 300_000);

  test.each([
    [['--outage', 'hung'], /There is no outage hung[\s\S]*Did you mean hang\?/],
    [
      ['--outage', 'hang', '-e', 'with_insights:HONEYBADGER_INSIGHTS_ENABLED=false'],
      /An outage needs a variant that sends events, and Insights is on in none/,
    ],
  ])('%j exits 2', async (words, message) => {
    const { code, stderr } = await runCommandLine(project, [...short, ...words]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

function trialOf(record: ComparisonRecord, variant: string): Trial {
  const found = record.trials.find((trial) => trial.variant === variant);
  if (!found) throw new Error(`No trial of ${variant} was measured`);
  return found;
}
