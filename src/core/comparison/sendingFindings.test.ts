import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../shared/endpoint';
import type { Plan } from '../../shared/plan';
import type { Verification } from '../../shared/record';
import { sendingFindings, unseenRehearsals } from './sendingFindings';

const behaviour = { waitSeconds: [1, 1], requests: [{ weight: 1, name: 'home', path: '/' }] };
const variants = [
  { name: 'without', envFiles: [], environment: {}, insightsEnabled: false },
  { name: 'with', envFiles: [], environment: {}, insightsEnabled: true },
];

function planFor(endpoint: Endpoint, change: Partial<Plan> = {}): Plan {
  return {
    endpoint,
    acceptedEvents: null,
    blocks: 3,
    trialSeconds: 9,
    warmupSeconds: 1,
    scenario: { load: { type: 'rate', ratePerSecond: 10, arrivals: 'even' } },
    behaviour,
    variants,
    target: {},
    ...change,
  } as unknown as Plan;
}

/** What came of a round over ten endpoints: three events and a tenth of a notice for each request. */
const seen = { eventsByType: { 'db.query': 20, 'flask.request': 10 }, bytes: 9000, notices: 1, noticeBytes: 2000 };
const nothing = { eventsByType: {}, bytes: 0, notices: 1, noticeBytes: 2000 };
const rehearsed = variants.map((variant, index) => ({
  variant,
  requests: 10,
  verification: { expected: index === 0 ? 0 : 10, ...(index === 0 ? nothing : seen) } as unknown as Verification,
}));
const withKey = { HONEYBADGER_API_KEY: 'hbp_mine' };
const found = (plan: Plan, inheritedEnvironment: Readonly<Record<string, string>> = withKey) =>
  sendingFindings({ plan, inheritedEnvironment }, rehearsed);

describe('telemetry that goes', () => {
  test('to our own collector is nothing to say', () => {
    expect(found(planFor('local'))).toEqual({ problems: [], warnings: [] });
    expect(found(planFor('local-http'))).toEqual({ problems: [], warnings: [] });
  });

  // Three blocks and two repetitions, 10 s at 10 req/s each: 500 requests per variant.
  const sentence =
    'At most about 1,500 events (0.65 MB) and 100 notices go to https://api.honeybadger.io, with your own key; they count against its quota';

  test('to the real service is refused until as many events were accepted', () => {
    const refusal = { code: 'events_not_accepted', message: sentence };
    const { problems, warnings } = found(planFor('real'));
    expect(problems).toMatchObject([
      { ...refusal, advice: expect.stringContaining('--accept-events 2000;') as unknown },
    ]);
    expect(warnings).toEqual([]);
    expect(found(planFor('real', { acceptedEvents: 1499 })).problems).toMatchObject([refusal]);
    expect(found(planFor('real', { acceptedEvents: 1500 }))).toMatchObject({
      problems: [],
      warnings: [{ code: 'events_are_sent', message: sentence }],
    });
  });

  test('to an address of this machine needs no leave', () => {
    expect(found(planFor({ url: 'http://127.0.0.1:9000' })).problems).toEqual([]);
    expect(found(planFor({ url: 'https://eu-api.honeybadger.io' })).problems).toHaveLength(1);
    const own = { ...withKey, HONEYBADGER_ENDPOINT: 'http://localhost:9000' };
    expect(found(planFor('real'), own).problems).toEqual([]);
  });

  test('without a key is none', () => {
    expect(found(planFor('real', { acceptedEvents: 9000 }), {}).problems).toMatchObject([
      { code: 'no_api_key', message: 'with has no HONEYBADGER_API_KEY, so Honeybadger would send nothing' },
    ]);
  });

  test('is reckoned cautiously where the sample rate let nothing through in the rehearsal', () => {
    const [without, with_] = rehearsed;
    if (!without || !with_) throw new Error('two variants');
    const variant = { ...with_.variant, environment: { HONEYBADGER_EVENTS_SAMPLE_RATE: '10' } };
    const verification = { ...without.verification, expected: 0 };
    const { problems } = sendingFindings({ plan: planFor('real'), inheritedEnvironment: withKey }, [
      without,
      { variant, requests: 10, verification },
    ]);
    // 500 requests, 10 % of them kept, six events each.
    expect(problems[0]?.message).toMatch(/^At most about 300 events/);
  });

  test('from an app that does not reach our collector is taken to be what apps usually send, and its key is not asked for', () => {
    const control = { start: ['begin'], stop: ['end'], collectorUrl: null };
    const plan = planFor('real', { target: { control } as unknown as Plan['target'] });
    const [problem, ...others] = sendingFindings({ plan, inheritedEnvironment: {} }, unseenRehearsals(plan)).problems;
    expect(others).toEqual([]);
    // Six for each of 500 requests of the variant in which Insights is on.
    expect(problem).toMatchObject({
      code: 'events_not_accepted',
      message: expect.stringContaining('At most about 3,000 events (0.855 MB) and notices go to') as unknown,
      advice: expect.stringContaining('set "collectorUrl" of the target') as unknown,
    });
  });
});
