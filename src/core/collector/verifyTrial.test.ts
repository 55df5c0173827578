import { describe, expect, test } from 'vitest';
import { collectorReport } from '../../../test/fixtures/collectorReport';
import type { CollectorReport } from './collectorReport';
import { isSampled } from './isSampled';
import type { TrialToVerify, VerificationContext } from './trialToVerify';
import { verifyTrial } from './verifyTrial';

const prefix = 'k3-b0';

describe('with Insights on', () => {
  test('a trial is sound when the event of every answered request arrived', () => {
    const verification = verify({ arrived: upTo(100) });
    expect(verification).toMatchObject({ ok: true, expected: 100, received: 100, missing: 0 });
    expect(verification).not.toHaveProperty('reason');
  });

  test('a request without an answer may have its event or not', () => {
    const unanswered = [3, 99];
    expect(verify({ arrived: upTo(100), unanswered })).toMatchObject({
      ok: true,
      expected: 98,
      received: 98,
      missing: 0,
    });
    expect(verify({ arrived: without(100, unanswered), unanswered })).toMatchObject({
      ok: true,
      expected: 98,
      missing: 0,
    });
  });

  test('a single missing event makes it invalid', () => {
    expect(verify({ arrived: without(100, [42]) })).toMatchObject({
      ok: false,
      expected: 100,
      received: 99,
      missing: 1,
    });
  });

  test.each([1, 50, 99])('only the requests that a sample rate of %i %% keeps are expected', (sampleRate) => {
    const kept = upTo(400).filter((n) => isSampled(`${prefix}-${n}`, sampleRate));
    expect(verify({ sent: 400, arrived: kept, sampleRate })).toMatchObject({
      ok: true,
      expected: kept.length,
      missing: 0,
    });
    expect(verify({ sent: 400, arrived: kept.slice(1), sampleRate })).toMatchObject({ ok: false, missing: 1 });
  });

  test('at a sample rate of 0 nothing is expected, and nothing may come', () => {
    expect(verify({ arrived: [], sampleRate: 0 })).toMatchObject({
      ok: true,
      expected: 0,
      reason: expect.stringContaining('arrival cannot prove here that Insights was on'),
    });
    expect(verify({ arrived: [], sampleRate: 0, eventsByType: { 'db.query': 2 } })).toMatchObject({ ok: false });
    expect(verify({ arrived: [], sampleRate: 0, requestEventsExpected: false })).toMatchObject({
      ok: true,
      reason: expect.stringContaining('cannot prove'),
    });
  });

  test('more than the sample rate keeps means that another rate is in force', () => {
    expect(verify({ arrived: upTo(100), sampleRate: 50 })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('another rate'),
    });
  });

  test('numbers beyond those that were sent decide nothing', () => {
    expect(verify({ sent: 10, arrived: upTo(30) })).toMatchObject({ ok: true, expected: 10, received: 10 });
  });

  test('nothing can be said when no request was answered, or the sample rate keeps none', () => {
    expect(verify({ sent: 2, unanswered: [0, 1], arrived: [] })).toMatchObject({
      ok: null,
      reason: expect.stringContaining('no request was answered'),
    });
    const dropped = upTo(50).find((n) => !isSampled(`${prefix}-${n}`, 1));
    expect(dropped).toBe(0);
    expect(verify({ sent: 1, arrived: [], sampleRate: 1 })).toMatchObject({
      ok: null,
      reason: expect.stringContaining('keeps none'),
    });
  });

  describe('where events carry no id of ours', () => {
    const bare = { arrived: [], requestEventsExpected: false };

    test('it is enough that any came', () => {
      const eventsByType = { 'asgi.request': 7 };
      expect(verify({ ...bare, eventsByType })).toMatchObject({ ok: true, expected: null, missing: 0 });
    });

    test('the middleware alone is no fault, whatever the framework: its events have none either', () => {
      const report = { foreignRequestEvents: 7 };
      const eventsByType = { 'asgi.request': 7 };
      expect(verify({ arrived: [], eventsByType, report })).toMatchObject({ ok: true, expected: null, missing: 0 });
      expect(verify({ arrived: upTo(3), eventsByType })).toMatchObject({ ok: false, expected: 100, missing: 97 });
    });

    test('nothing at all is a fault, with the line to add', () => {
      expect(verify({ ...bare, context: { framework: 'unknown' } })).toMatchObject({
        ok: false,
        expected: null,
        reason: expect.stringContaining('does not seem to be wired into the app'),
        advice: expect.stringContaining('ASGIHoneybadger(app)'),
      });
    });

    test('nothing proves nothing where a sample may keep none, or no request was answered', () => {
      expect(verify({ ...bare, sent: 12, sampleRate: 50 })).toMatchObject({
        ok: null,
        reason: expect.stringContaining('a sample rate of 50 % can do to 12 requests'),
      });
      expect(verify({ ...bare, sent: 14, sampleRate: 50 })).toMatchObject({ ok: false });
      expect(verify({ ...bare, sent: 1, unanswered: [0] })).toMatchObject({
        ok: null,
        reason: expect.stringContaining('no request was answered'),
      });
    });

    test("the app's own events prove nothing: it sends them without Insights too", () => {
      expect(verify({ ...bare, eventsByType: { visit: 100 } })).toMatchObject({
        ok: null,
        reason: expect.stringContaining("Only events of the app's own arrived (visit)"),
      });
    });
  });
});

describe('when nothing arrived, the cause that is certain is named, with its fix', () => {
  test.each<[string, Partial<VerificationContext>, Partial<CollectorReport>, RegExp, RegExp]>([
    [
      'the switch',
      { insightsEnabledValue: 'on' },
      {},
      /HONEYBADGER_INSIGHTS_ENABLED is "on", which Honeybadger reads as off/,
      /=true/,
    ],
    ['the key', { apiKeyPresent: false }, {}, /no API key/, /HONEYBADGER_API_KEY/],
    ['DEBUG', { debugValue: 'True' }, {}, /DEBUG is "True"/, /HONEYBADGER_FORCE_REPORT_DATA=true/],
    ['the environment', { environmentValue: 'test' }, {}, /HONEYBADGER_ENVIRONMENT is "test"/, /FORCE_REPORT_DATA/],
    ['the certificate', {}, { failedHandshakes: 4 }, /4 TLS connections/, /SSL_CERT_FILE/],
    ['the ids', {}, { foreignRequestEvents: 9, batches: 1 }, /9 under other request ids/, /X-Request-ID/],
    ['the kill', { wasKilled: true }, {}, /was killed/, /do not force/],
    [
      'the fork',
      { command: ['python', '-m', 'gunicorn', '--preload', 'app:app'] },
      {},
      /with preload .* stays behind/,
      /without --preload/,
    ],
    [
      'the fork of uWSGI',
      { command: ['/srv/venv/bin/uwsgi', '--module', 'app:app'] },
      {},
      /uWSGI loads the app before it forks/,
      /--lazy-apps and --enable-threads/,
    ],
    [
      'the fork, as read back, though notices came',
      { isPreloading: true },
      { notices: 2 },
      /with preload/,
      /preload_app = False/,
    ],
    ['the reloader of Flask', { isReloading: true }, {}, /with its reloader, which kills/, /\(--no-reload\)/],
    ['the reloader of Django', { isReloading: true, framework: 'django' }, {}, /with its reloader/, /\(--noreload\)/],
    [
      'a signal',
      { lostItsQueue: true },
      {},
      /ended by its signal without Python's exit hooks/,
      /the command "uvicorn"/,
    ],
    ['a package that is not there', { package: 'missing' }, {}, /does not have the honeybadger/, /pip install/],
    [
      'a package that is not used',
      { package: 'unused' },
      {},
      /does not import the honeybadger/,
      /FlaskHoneybadger\(app/,
    ],
    ['a key of its own', {}, { foreignKeyPosts: 3 }, /3 posts under another API key/, /configure\(api_key/],
    [
      'the wiring of Django',
      { framework: 'django' },
      { notices: 1 },
      /does not see the requests/,
      /DjangoHoneybadgerMiddleware/,
    ],
    ['the wiring of Flask', { framework: 'flask' }, {}, /not seem to be wired/, /FlaskHoneybadger\(app/],
    ['the wiring of either', { framework: 'unknown' }, {}, /not seem to be wired/, /Django: .* Flask: /],
    [
      'a switch that is not set',
      { insightsEnabledValue: null },
      {},
      /HONEYBADGER_INSIGHTS_ENABLED is not set/,
      /=true in this variant/,
    ],
  ])('%s', (_name, context, report, reason, advice) => {
    const verification = verify({ arrived: [], context, report });
    expect(verification).toMatchObject({ ok: false, missing: 100, received: 0 });
    expect(verification.reason).toMatch(reason);
    expect(verification.advice).toMatch(advice);
  });

  test('DEBUG is not blamed where reporting is forced', () => {
    const context = { debugValue: 'True', forceReportDataValue: 'true' };
    expect(verify({ arrived: [], context }).reason).not.toContain('DEBUG');
    expect(verify({ arrived: [], context: { debugValue: '0' } }).reason).not.toContain('DEBUG');
  });
});

describe('when some are missing, what is missing names the cause', () => {
  test('a lower sample rate in the app', () => {
    const kept = upTo(200).filter((n) => isSampled(`${prefix}-${n}`, 50));
    const { ok, reason, advice } = verify({ sent: 200, arrived: kept });
    expect(ok).toBe(false);
    expect(reason).toMatch(/a sample rate of about 5\d % leaves out, not 100 %/);
    expect(advice).toContain('HONEYBADGER_EVENTS_SAMPLE_RATE');
  });

  test.each<[string, readonly number[], Partial<VerificationContext>, Partial<CollectorReport>, RegExp]>([
    [
      'a full queue, as the log says',
      [10, 11, 12, 13, 90],
      { droppedByApp: 5 },
      {},
      /: the app's queue of 10,000 events was full/,
    ],
    [
      'a full queue, as its largest batch says',
      [10, 11, 12, 13, 90],
      { queueLimit: 40 },
      { largestBatchEvents: 40 },
      /: the app's queue of 40 events was full/,
    ],
    ['the reloader', [95, 96, 97, 98, 99], { isReloading: true }, {}, /with its reloader, which kills/],
    ['lines that could not be read', [10, 11, 12, 13, 90], {}, { malformed: 2 }, /could not read 2 batches/],
    ['a kill', [10, 97, 98, 99], { wasKilled: true }, {}, /killed before its last flush/],
    ['a worker that ended', [95, 96, 97, 98, 99], {}, {}, /all from the second half/],
    ['requests that Honeybadger never saw', [0, 20, 40, 60, 80], {}, {}, /from the whole trial/],
  ])('%s', (_name, missing, context, report, reason) => {
    const verification = verify({ arrived: without(100, missing), context, report });
    expect(verification).toMatchObject({ ok: false, missing: missing.length });
    expect(verification.reason).toMatch(reason);
    expect(verification.advice).toMatch(/\.$/);
  });

  test('drops that the log tells of make it invalid, whatever else arrived; not in a capacity trial', () => {
    const trial = { arrived: upTo(100), context: { droppedByApp: 4_321 } };
    expect(verify(trial)).toMatchObject({
      ok: false,
      missing: 0,
      dropped: 4_321,
      reason: expect.stringContaining('4,321 events were dropped because its queue was full'),
      advice: expect.stringContaining('MAX_QUEUE_SIZE'),
    });
    const capacity = verify({ ...trial, context: { ...trial.context, kind: 'capacity' } });
    expect(capacity).toMatchObject({ ok: true, dropped: 4_321, reason: expect.stringContaining('dropped') });
    expect(verify({ ...trial, requestEventsExpected: false, eventsByType: { 'asgi.request': 5 } }).ok).toBe(false);
  });

  test('in a capacity trial it is a finding, not a fault; nothing at all is one there too', () => {
    const some = verify({ arrived: upTo(60), context: { kind: 'capacity' } });
    expect(some).toMatchObject({
      ok: true,
      missing: 40,
      reason: expect.stringContaining('10,000'),
      advice: expect.stringContaining('MAX_QUEUE_SIZE'),
    });
    expect(verify({ arrived: [], context: { kind: 'capacity' } })).toMatchObject({ ok: false, missing: 100 });
  });
});

describe('with Insights off', () => {
  test("notices and the app's own events are no fault", () => {
    const trial = {
      insights: 'off',
      arrived: [],
      eventsByType: { checkout: 12, 'payment.request': 3 },
      report: { notices: 4 },
    } as const;
    expect(verify(trial)).toMatchObject({
      ok: true,
      expected: 0,
      received: 0,
      missing: 0,
      notices: 4,
      eventsByType: { checkout: 12 },
    });
  });

  test('one instrumented event is', () => {
    const eventsByType = { 'flask.request': 30, 'db.query': 10, checkout: 5 };
    const verification = verify({
      insights: 'off',
      arrived: upTo(30),
      eventsByType,
      context: { insightsEnabledValue: null },
    });
    expect(verification.ok).toBe(false);
    expect(verification.reason).toBe(
      'It is meant to run without Insights but sent 40 instrumented events (flask.request 30, db.query 10): Insights is on in it',
    );
    expect(verification.advice).toContain('HONEYBADGER_INSIGHTS_ENABLED=false');
    expect(verify({ insights: 'off', arrived: [], eventsByType: { 'celery.task_finished': 1 } }).ok).toBe(false);
  });

  test('a value that the app overrides is shown', () => {
    const context = { insightsEnabledValue: 'false' };
    const { advice } = verify({ insights: 'off', arrived: upTo(1), eventsByType: { 'django.request': 1 }, context });
    expect(advice).toMatch(/HONEYBADGER_INSIGHTS_ENABLED=false, so the app changes it later: .*override=True/);
  });
});

describe('in an outage', () => {
  test.each(['429', '500', '413', 'hang'] as const)('%s: losses are reported and not judged', (outage) => {
    const verification = verify({ outage, arrived: [], report: { refused: 4 } });
    expect(verification).toMatchObject({ ok: true, expected: 100, received: 0, missing: 100, refused: 4 });
  });

  test('slow: what arrived late has arrived, and what did not is reported', () => {
    expect(verify({ outage: 'slow', arrived: upTo(100) })).toMatchObject({ ok: true, received: 100, missing: 0 });
    expect(verify({ outage: 'slow', arrived: upTo(60) })).toMatchObject({ ok: true, received: 60, missing: 40 });
  });

  test('refuse: the proof is that requests were answered and nothing came in', () => {
    expect(verify({ outage: 'refuse', arrived: [] })).toMatchObject({ ok: true, missing: 100, refused: 0 });
    expect(verify({ outage: 'refuse', arrived: [], sent: 1, unanswered: [0] })).toMatchObject({ ok: null });
  });

  test.each(['429', '500', '413', 'hang', 'slow'] as const)('%s that nobody met makes it invalid', (outage) => {
    expect(verify({ outage, arrived: [] })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/outage was not served: Honeybadger (never )?answers.*, but the app sent nothing$/),
      advice: expect.stringContaining('--trial'),
    });
    expect(verify({ outage, arrived: [], context: { wasKilled: true } }).reason).toContain('before it was killed');
  });

  test.each([{ refused: 1 }, { notices: 1 }, { batches: 1 }])(
    'refuse that did not refuse %j makes it invalid',
    (report) => {
      expect(verify({ outage: 'refuse', arrived: [], report })).toMatchObject({
        ok: false,
        reason: expect.stringContaining('but 1 posts reached the collector'),
      });
    },
  );

  test('a variant that is meant to be without Insights is judged as ever', () => {
    const eventsByType = { 'flask.request': 1 };
    expect(verify({ insights: 'off', arrived: upTo(1), eventsByType })).toMatchObject({ ok: false });
  });
});

test('when nothing says whether Insights is on, nothing is judged', () => {
  for (const arrived of [[], upTo(100)]) {
    expect(verify({ insights: 'unknown', arrived })).toMatchObject({
      ok: null,
      expected: null,
      received: arrived.length,
      missing: 0,
      reason: expect.any(String),
    });
  }
});

test('what went to another service is not judged, whatever came here', () => {
  for (const arrived of [[], upTo(3)]) {
    expect(verify({ insights: 'elsewhere', arrived })).toMatchObject({
      ok: null,
      expected: null,
      reason: expect.stringMatching(/^Telemetry went to another service/) as unknown,
    });
  }
});

interface Given extends Partial<Pick<TrialToVerify, 'insights' | 'sampleRate' | 'requestEventsExpected' | 'outage'>> {
  readonly arrived: readonly number[];
  readonly sent?: number;
  readonly unanswered?: readonly number[];
  readonly eventsByType?: Readonly<Record<string, number>>;
  readonly report?: Partial<CollectorReport>;
  readonly context?: Partial<VerificationContext>;
}

function verify({ arrived, sent, unanswered, eventsByType, report, context, ...rest }: Given) {
  return verifyTrial({
    insights: 'on',
    sampleRate: 100,
    requestEventsExpected: true,
    ...rest,
    requestIdPrefix: prefix,
    requestIds: { sent: sent ?? 100, unanswered: unanswered ?? [] },
    context: { kind: 'scenario', framework: 'flask', insightsEnabledValue: 'true', debugValue: null, ...context },
    report: collectorReport({
      batches: arrived.length > 0 ? 1 : 0,
      bytes: 285 * arrived.length,
      largestBatchBytes: 285 * arrived.length,
      eventsByType: eventsByType ?? (arrived.length > 0 ? { 'flask.request': arrived.length } : {}),
      requestNumbers: arrived,
      ...report,
    }),
  });
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

function without(count: number, left: readonly number[]): number[] {
  return upTo(count).filter((n) => !left.includes(n));
}
