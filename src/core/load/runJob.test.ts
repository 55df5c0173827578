import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { behaviourSchema, type BehaviourInput } from '../../shared/behaviour';
import { decodeLatency, latencyPercentileMs, mergeLatency, type LatencyHistogram } from '../../shared/latencyHistogram';
import type { Load } from '../../shared/scenario';
import { createActionDealer } from './actionDealer';
import { compileBehaviour } from './compileBehaviour';
import type { GeneratorReply, LoadResult, ScenarioJob } from './loadJob';
import { runJob } from './runJob';
import { startTestServer, type TestServer } from './startTestServer';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<TestServer> {
  const server = await startTestServer(answer);
  servers.push(server);
  return server;
}

const users = (count: number, spawnRatePerSecond = 1000): Load => ({ type: 'users', users: count, spawnRatePerSecond });
const rate = (ratePerSecond: number): Load => ({ type: 'rate', ratePerSecond, arrivals: 'even' });

function jobFor(
  server: TestServer,
  load: Load,
  behaviour: BehaviourInput,
  change: Partial<ScenarioJob> = {},
): ScenarioJob {
  const times = { warmupSeconds: 0.2, durationSeconds: 1, timeoutSeconds: 2 };
  const parsed = behaviourSchema.parse(behaviour);
  return {
    kind: 'scenario',
    origin: server.origin,
    requestIdPrefix: 't',
    seed: 5,
    block: 1,
    load,
    behaviour: parsed,
    ...times,
    ...change,
  };
}

async function run(
  job: ScenarioJob,
  signal = new AbortController().signal,
): Promise<{ result: LoadResult; replies: GeneratorReply[] }> {
  const replies: GeneratorReply[] = [];
  const result = await runJob(job, { signal, onReply: (reply) => replies.push(reply) });
  return { result, replies };
}

function allLatencies(result: LoadResult): LatencyHistogram {
  return mergeLatency(Object.values(result.latency).map(decodeLatency));
}
/** What is dealt out for that phase, as a server sees it. */
function dealt(behaviour: BehaviourInput, phase: 'warm-up' | 'window', count: number): string[] {
  const dealer = createActionDealer(compileBehaviour(behaviourSchema.parse(behaviour), 'test'), { seed: 5, block: 1 });
  if (phase === 'window') dealer.openWindow();
  const user = dealer.user('any');
  return Array.from({ length: count }, () => user.nextAction()).flatMap((planned) =>
    planned.map(({ request: { method, path, body }, random }) =>
      [method, path.fill(random, new Map()), String(body?.(random, new Map()) ?? '')].join(' '),
    ),
  );
}

/**
 * That what was asked is what is dealt out for the warm-up and then, from some request on, what is dealt out for the window. When a user
 * starts, and so how many requests the warm-up has, is a matter of time; which action is the next one is not, whoever takes it.
 */
function expectAsDealt(asked: readonly string[], behaviour: BehaviourInput): void {
  const ofWindow = dealt(behaviour, 'window', asked.length);
  const run = 10;
  const opened = asked.findIndex((_, at) => asked.slice(at, at + run).join() === ofWindow.slice(0, run).join());
  expect(opened).toBeGreaterThan(0);
  expect(asked.slice(0, opened)).toEqual(dealt(behaviour, 'warm-up', opened));
  expect(asked.slice(opened)).toEqual(ofWindow.slice(0, asked.length - opened));
}

/** The replies without the seconds, whose number depends on how busy the machine is. */
const kindsOf = (replies: readonly GeneratorReply[]): string[] =>
  replies.flatMap((reply) => (reply.type === 'second' ? [] : [reply.type === 'window' ? reply.edge : reply.type]));
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Latencies in ms as node:http itself sees them, one request at a time, until aborted. */
async function measurePlainly(server: TestServer, signal: AbortSignal): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const latenciesMs: number[] = [];
  while (!signal.aborted) {
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      get(server.origin, { agent }, (response) => response.resume().on('end', resolve));
    });
    latenciesMs.push(performance.now() - startMs);
  }
  agent.destroy();
  return latenciesMs;
}

describe('virtual users', () => {
  // The 10th percentile, because the median of both is at the mercy of whatever else this machine does.
  test('measure a fixed delay as a plain node:http client beside them does, within 1 ms', { retry: 2 }, async () => {
    const server = await serve((_request, response) => setTimeout(() => response.end('ok'), 20));
    const done = new AbortController();
    const reference = measurePlainly(server, done.signal);
    const { result } = await run(
      jobFor(server, users(2), { waitSeconds: [0.01, 0.01], requests: [{ name: 'a', path: '/' }] }),
    );
    done.abort();
    const plainMs = (await reference).sort((a, b) => a - b);
    const oursMs = latencyPercentileMs(allLatencies(result), 10) ?? NaN;
    expect(Math.abs(oursMs - (plainMs[Math.floor(plainMs.length / 10)] ?? NaN))).toBeLessThan(1);
    expect(oursMs).toBeGreaterThan(19);
  });

  test('mark the window where it is, and count what it holds', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    const { result, replies } = await run(
      jobFor(server, users(4), { waitSeconds: [0.01, 0.03], requests: [{ name: 'a', path: '/' }] }),
    );
    expect(kindsOf(replies)).toEqual(['warming', 'start', 'end']);
    expect(replies.at(-1)).toMatchObject({ type: 'second', second: { isMeasured: true, users: 4 } });
    expect(result.durationSeconds).toBeGreaterThan(0.99);
    expect(result.requests).toBeGreaterThan(20);
    expect(result.requestIds.sent).toBeGreaterThan(result.requests);
    expect(result.intendedRate).toBeGreaterThan((result.requests / result.durationSeconds) * 0.8);
    expect(result.cpuSeconds).toBeGreaterThan(0);
    expect(result.bytesIn).toBeGreaterThan(100 * result.requests);
  });

  test('ask in the same order and think alike whatever the answers are and however long they take', async () => {
    const behaviour: BehaviourInput = {
      waitSeconds: [0.02, 0.25],
      onStart: [{ path: '/start/{{int 0 999}}' }],
      requests: [
        { weight: 3, name: 'a', path: '/a/{{int 0 999}}' },
        { weight: 1, name: 'b', method: 'POST', path: '/b', json: { x: '{{pick p q r}}' } },
      ],
    };
    const observe = async (delayMs: number, status: number): Promise<{ asked: string[]; thoughtMs: number[][] }> => {
      const bySocket = new Map<number | undefined, { thoughtMs: number[]; answeredAtMs: number }>();
      const asked: string[] = [];
      const server = await serve((request, response, body) => {
        const port = request.socket.remotePort;
        const user = bySocket.get(port) ?? { thoughtMs: [], answeredAtMs: NaN };
        bySocket.set(port, user);
        asked.push(`${request.method} ${request.url} ${body}`);
        user.thoughtMs.push(performance.now() - user.answeredAtMs);
        setTimeout(() => {
          response.statusCode = status;
          response.end('x');
          user.answeredAtMs = performance.now();
        }, delayMs);
      });
      // Connections that come 30 ms apart tell the users apart.
      await run(jobFor(server, users(4, 33), behaviour, { durationSeconds: 1.5 }));
      return { asked, thoughtMs: [...bySocket.values()].map(({ thoughtMs }) => thoughtMs) };
    };
    const [fast, slow] = await Promise.all([observe(0, 200), observe(25, 500)]);
    expect([fast.thoughtMs.length, slow.thoughtMs.length]).toEqual([4, 4]);
    expect(fast.asked.some((each) => each.includes('/start/'))).toBe(true);
    for (const { asked } of [fast, slow]) {
      expectAsDealt(
        asked.filter((each) => !each.includes('/start/')),
        behaviour,
      );
    }
    const differencesMs = slow.thoughtMs.flatMap((thoughtMs, user) =>
      thoughtMs.slice(1).map((ms, index) => Math.abs(ms - (fast.thoughtMs[user]?.[index + 1] ?? NaN))),
    );
    // Independent draws from this range would differ by 67 ms (the median).
    expect(median(differencesMs.filter((ms) => ms > 0))).toBeLessThan(15);
  });

  test('log in once, keep their cookies, and use what they extracted', async () => {
    const seen: string[] = [];
    const server = await serve((request, response, body) => {
      seen.push(`${request.method} ${request.url} ${request.headers.cookie ?? '-'} ${body}`);
      if (request.url === '/login/') response.setHeader('Set-Cookie', ['csrf=t0k; Path=/', 'gone=1; Max-Age=0']);
      response.end('{"id":"a/b"}');
    });
    const behaviour: BehaviourInput = {
      waitSeconds: [5, 5],
      onStart: [
        { path: '/login/', extract: { csrf: { cookie: 'csrf' } } },
        { method: 'POST', path: '/login/', form: { token: '{{csrf}}' } },
      ],
      requests: [
        {
          name: 's',
          steps: [
            { name: 'one', path: '/one', extract: { id: { json: 'id' } } },
            { name: 'two', path: '/two/{{id}}' },
          ],
        },
      ],
    };
    const { result } = await run(jobFor(server, users(1), behaviour, { durationSeconds: 0.1 }));
    expect(seen).toEqual([
      'GET /login/ - ',
      'POST /login/ csrf=t0k token=t0k',
      'GET /one csrf=t0k ',
      'GET /two/a%2Fb csrf=t0k ',
    ]);
    expect(result.requestIds).toEqual({ sent: 4, unanswered: [] });
  });

  test('book failures by endpoint and reason, with bodies; the endpoints add up to the totals', async () => {
    const server = await serve((request, response) => {
      response.statusCode = request.url === '/bad' ? 503 : 200;
      response.end(request.url === '/bad' ? 'no database' : 'ok');
    });
    const requests: BehaviourInput['requests'] = [
      { name: 'good', path: '/good' },
      { name: 'bad', path: '/bad' },
      { name: 'blind', path: '/good', extract: { id: { json: 'id' } } },
      { name: 'fine', path: '/bad', expect: [503] },
    ];
    const { result } = await run(jobFor(server, users(3), { waitSeconds: [0, 0.005], requests }));
    const endpoints = Object.values(result.endpoints);
    const { good, bad, blind, fine } = result.endpoints;
    expect(bad?.failureReasons).toEqual({ 'HTTP 503': bad?.requests });
    expect(blind?.failureReasons).toEqual({ 'no id in the answer': blind?.requests });
    expect([good?.failures, fine?.failures]).toEqual([0, 0]);
    expect(endpoints.reduce((sum, { requests: count }) => sum + count, 0)).toBe(result.requests);
    expect(endpoints.reduce((sum, { failures }) => sum + failures, 0)).toBe(result.failures);
    expect(Object.keys(result.latency).sort()).toEqual(['fine', 'good']);
    expect(result.failureSamples).toContainEqual({ endpoint: 'bad', reason: 'HTTP 503', body: 'no database' });
  });

  test('stopped early they yield a result of the same kind, with what was under way as unanswered', async () => {
    const stop = new AbortController();
    let served = 0;
    const server = await serve((_request, response) => {
      served += 1;
      if (served <= 20) response.end('ok');
      else stop.abort();
    });
    const job = jobFor(
      server,
      users(1),
      { waitSeconds: [0, 0], requests: [{ name: 'a', path: '/' }] },
      { warmupSeconds: 0, durationSeconds: 60 },
    );
    const { result, replies } = await run(job, stop.signal);
    expect(result.requestIds).toEqual({ sent: 21, unanswered: [20] });
    expect(result.requests).toBeGreaterThan(10);
    expect(result.failures).toBe(0);
    expect(result.durationSeconds).toBeGreaterThan(0);
    expect(kindsOf(replies)).toEqual(['warming', 'start', 'end']);
    expect(allLatencies(result).totalCount).toBeGreaterThan(10);
  });
});

describe('arrivals', () => {
  test('come at their rate, each latency from the server’s point of view', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    const { result } = await run(jobFor(server, rate(100), { requests: [{ name: 'a', path: '/' }] }));
    // All that the schedule holds, however late the window was closed.
    expect(Math.abs(result.intendedRate * result.durationSeconds - 100)).toBeLessThan(3);
    expect(Math.abs(result.requests - 100)).toBeLessThan(8);
    expect(latencyPercentileMs(allLatencies(result), 50)).toBeLessThan(20);
  });

  test.each(['even', 'poisson'] as const)(
    '%s: a server that stalls a fifth of the time shows it in the percentiles (no coordinated omission)',
    { retry: 2 },
    async (arrivals) => {
      const startMs = performance.now();
      const stallMs = 200;
      const server = await serve((_request, response) => {
        const phaseMs = (performance.now() - startMs) % (5 * stallMs);
        if (phaseMs >= stallMs) response.end('ok');
        else setTimeout(() => response.end('ok'), stallMs - phaseMs);
      });
      const load: Load = { type: 'rate', ratePerSecond: 100, arrivals };
      const { result } = await run(
        jobFor(server, load, { requests: [{ name: 'a', path: '/' }] }, { durationSeconds: 3 }),
      );
      const histogram = allLatencies(result);
      const p = (percentile: number): number => latencyPercentileMs(histogram, percentile) ?? NaN;
      // The truth: a fifth of the requests waits for a time uniform in 0 … 200 ms. A closed loop would see hardly any of them.
      expect(p(50)).toBeLessThan(30);
      expect(p(90)).toBeGreaterThan(0.5 * stallMs - 30);
      expect(p(90)).toBeLessThan(0.5 * stallMs + 50);
      expect(p(99)).toBeGreaterThan(0.95 * stallMs - 20);
      expect(p(99)).toBeLessThan(0.95 * stallMs + 70);
    },
  );

  test('the window is dealt anew with the arrival that is due when it begins, however long the warm-up was', async () => {
    const behaviour: BehaviourInput = { requests: [{ weight: 3, name: 'a', method: 'POST', path: '/{{int 0 999}}' }] };
    for (const warmupSeconds of [0.2, 0.35]) {
      // By the number of its id: arrivals that a busy machine sent late may overtake each other.
      const asked: string[] = [];
      const server = await serve((request, response) => {
        const number = Number(String(request.headers['x-request-id']).split('-').at(-1));
        asked[number] = `${request.method} ${request.url} `;
        response.end('ok');
      });
      await run(jobFor(server, rate(40), behaviour, { warmupSeconds, durationSeconds: 0.5 }));
      expect(asked.slice(0, warmupSeconds * 40)).toEqual(dealt(behaviour, 'warm-up', warmupSeconds * 40));
      expect(asked.slice(warmupSeconds * 40)).toEqual(dealt(behaviour, 'window', 20));
    }
  });

  test('a generator that was kept from its work catches up, owns up to it, and counts from the schedule', async () => {
    const server = await serve((_request, response) => response.end('ok'));
    const job = jobFor(server, rate(100), { requests: [{ name: 'a', path: '/' }] });
    const result = await runJob(job, {
      signal: new AbortController().signal,
      onReply: (reply) => {
        if (reply.type === 'window' && reply.edge === 'start')
          setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400), 100);
      },
    });
    expect(result.requests).toBeGreaterThan(92);
    expect(latencyPercentileMs(allLatencies(result), 80)).toBeGreaterThan(150);
    expect(result.achievedRate).toBeLessThan(result.intendedRate * 0.75);
    // All but those at the very limit, which became late while the ones before them were sent.
    expect(result.lateByGeneratorRate).toBeGreaterThan((result.intendedRate - result.achievedRate) * 0.8);
    expect(result.loopDelayP99Ms).toBeGreaterThan(250);
  });

  test('steps wait for the answer before them, and that wait counts', async () => {
    const order: string[] = [];
    const server = await serve((request, response) => {
      order.push(`${request.url}`);
      setTimeout(() => response.end('{"id":7}'), request.url === '/first' ? 60 : 0);
    });
    const requests: BehaviourInput['requests'] = [
      {
        name: 's',
        steps: [
          { name: 'first', path: '/first', extract: { id: { json: 'id' } } },
          { name: 'second', path: '/second/{{id}}' },
        ],
      },
    ];
    const { result } = await run(jobFor(server, rate(40), { requests }));
    expect(order.filter((path) => path === '/second/')).toEqual([]);
    expect(order.filter((path) => path === '/second/7').length).toBeGreaterThan(15);
    // Due 25 ms after the first, sent 60 ms after it.
    const second = decodeLatency(result.latency['second'] ?? '');
    expect(latencyPercentileMs(second, 50)).toBeGreaterThan(33);
    expect(result.achievedRate).toBeLessThan(result.intendedRate * 0.7);
    expect(result.lateByGeneratorRate).toBeLessThan((result.intendedRate - result.achievedRate) / 2);
  });

  test('each session does its onStart before the first arrival, and their cookies go in turn', async () => {
    const cookies: string[] = [];
    let logins = 0;
    const server = await serve((request, response) => {
      if (request.url === '/login') {
        logins += 1;
        response.setHeader('Set-Cookie', `user=${logins}; Path=/`);
      } else cookies.push(request.headers.cookie ?? '-');
      response.end('ok');
    });
    await run(
      jobFor(
        server,
        rate(100),
        { onStart: [{ path: '/login' }], requests: [{ name: 'a', path: '/' }] },
        { durationSeconds: 0.3 },
      ),
    );
    expect(logins).toBe(10);
    expect(new Set(cookies.slice(0, 10)).size).toBe(10);
    expect(cookies.slice(10, 20).sort()).toEqual(cookies.slice(0, 10).sort());
  });
});
