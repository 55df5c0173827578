import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isSampled } from './isSampled';
import { startCollector, type Collector } from './startCollector';
import { testPython } from './testPython';
import { writeTrustBundle } from './trustBundle';

// Two events for each request, then one of the app's own (with a float that JSON does not know) and a notice; ends normally.
const app = `
import sys
from honeybadger import honeybadger
prefix, count = sys.argv[1], int(sys.argv[2])
def send(event_type, data):
    while True:
        try:
            return honeybadger.event(event_type, data)
        except RuntimeError as error:
            # honeybadger 1.3.0 counts its batches while its own thread changes them; the event was not queued yet.
            if 'mutated' not in str(error):
                raise
for n in range(count):
    with honeybadger.event_context(request_id=f'{prefix}-{n}'):
        send('db.query', {'query': 'SELECT "a", b FROM t', 'duration': 0.1})
        send('flask.request', {'path': '/', 'method': 'GET', 'status': 200, 'duration': 1.2})
send('checkout', {'total': float('nan')})
try:
    1 / 0
except ZeroDivisionError as error:
    honeybadger.notify(error)
`;

const asgiApp = `
import asyncio
from honeybadger.contrib import ASGIHoneybadger
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
async def send(message):
    pass
scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"x-request-id", b"asgi-0")]}
asyncio.run(ASGIHoneybadger(app)(scope, None, send))
`;

let folder: string;
let entry: string;
let collector: Collector;
let trust: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collector-test-'));
  entry = join(folder, 'collector.js');
  await bundle('collectorMain.ts', entry);
  collector = await startCollector({ entry, isSecure: true, environment: {} });
  trust = await writeTrustBundle({
    pythonPath: testPython(),
    certificateAuthorityPem: collector.certificateAuthorityPem ?? '',
    folder,
    environment: {},
  });
});

afterAll(async () => {
  await collector?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('with the real honeybadger package over HTTPS', () => {
  test('every event and notice of an app that ends normally is counted', async () => {
    await collector.open('key-all', 'all');
    await sendFromApp('key-all', 'all', 700, {});
    const report = await collector.report('key-all');
    expect(report).toMatchObject({
      eventsByType: { 'db.query': 700, 'flask.request': 700 },
      notices: 1,
      duplicates: 0,
      foreignRequestEvents: 0,
      malformed: 0,
      refused: 0,
      failedHandshakes: 0,
    });
    expect(report.requestNumbers).toEqual(Array.from({ length: 700 }, (_, n) => n));
    expect(report.batches).toBe(report.flushesAtMs.length);
    expect(report.largestBatchBytes).toBeGreaterThan(100 * 200);
    expect(report.noticeBytes).toBeGreaterThan(0);
  });

  test.each([1, 50, 99])('at a sample rate of %i %% exactly the predicted requests arrive', async (rate) => {
    const prefix = `rate${rate}`;
    await collector.open(prefix, prefix);
    await sendFromApp(prefix, prefix, 300, { HONEYBADGER_EVENTS_SAMPLE_RATE: String(rate) });
    const { requestNumbers, eventsByType } = await collector.report(prefix);
    const predicted = Array.from({ length: 300 }, (_, n) => n).filter((n) => isSampled(`${prefix}-${n}`, rate));
    expect(requestNumbers).toEqual(predicted);
    // The queries of a request share its fate.
    expect(eventsByType['db.query']).toBe(predicted.length);
  });

  test('at a sample rate of 0 nothing arrives but the notice', async () => {
    await collector.open('rate0', 'rate0');
    await sendFromApp('rate0', 'rate0', 100, { HONEYBADGER_EVENTS_SAMPLE_RATE: '0' });
    expect(await collector.report('rate0')).toMatchObject({
      batches: 0,
      eventsByType: {},
      requestNumbers: [],
      notices: 1,
    });
  });

  test("the ASGI middleware gives its events no request id, whatever the request's headers say", async () => {
    await collector.open('asgi', 'asgi');
    await runPython('asgi', [asgiApp], { HONEYBADGER_INSIGHTS_ENABLED: 'true' });
    expect(await collector.report('asgi')).toMatchObject({
      eventsByType: { 'asgi.request': 1 },
      requestNumbers: [],
      foreignRequestEvents: 1,
    });
  });

  test('an app that outlives the judgement of its trial is late, and changes none of it', async () => {
    await collector.open('judged', 'judged');
    await sendFromApp('judged', 'judged', 10, {});
    const judged = await collector.settle('judged');
    expect(judged).toMatchObject({ eventsByType: { 'flask.request': 10 }, late: 0 });
    await sendFromApp('judged', 'judged', 4, {});
    // Two events each, one of the app's own, a notice.
    expect(await collector.late()).toMatchObject({ judged: 10 });
    expect(await collector.report('judged')).toEqual({ ...judged, late: 10 });
  });

  test('two keys never mix, and an unknown one is answered and counted nowhere', async () => {
    await collector.open('left', 'left');
    await collector.open('right', 'right');
    await Promise.all([
      sendFromApp('left', 'left', 20, {}),
      sendFromApp('right', 'right', 30, {}),
      sendFromApp('unknown', 'left', 40, {}),
      sendFromApp('left', 'right', 5, {}),
    ]);
    const left = await collector.report('left');
    const right = await collector.report('right');
    expect(left).toMatchObject({ eventsByType: { 'flask.request': 25 }, foreignRequestEvents: 5, notices: 2 });
    expect(left.requestNumbers).toHaveLength(20);
    expect(right).toMatchObject({ eventsByType: { 'flask.request': 30 }, foreignRequestEvents: 0, notices: 1 });
    await expect(collector.report('unknown')).rejects.toThrow('never opened');
  });

  test('an app that does not trust the authority is seen as failed handshakes', async () => {
    await collector.open('distrust', 'distrust');
    // Two seconds instead of 10: the exit waits for twice the longer of the two.
    const impatient = { HONEYBADGER_EVENTS_TIMEOUT: '0.2', HONEYBADGER_EVENTS_THROTTLE_WAIT: '0.2' };
    await sendFromApp('distrust', 'distrust', 1, { ...impatient, SSL_CERT_FILE: '/dev/null' });
    const report = await collector.report('distrust');
    expect(report).toMatchObject({ batches: 0, notices: 0 });
    expect(report.failedHandshakes).toBeGreaterThanOrEqual(2);
  });

  test('an outage under one key is met by the app that has it, and by no other at the same time', async () => {
    await collector.open('ill', 'ill', '429');
    await collector.open('well', 'well');
    const impatient = { HONEYBADGER_EVENTS_TIMEOUT: '0.2', HONEYBADGER_EVENTS_THROTTLE_WAIT: '0.2' };
    await Promise.all([sendFromApp('ill', 'ill', 50, impatient), sendFromApp('well', 'well', 50, {})]);
    const ill = await collector.report('ill');
    expect(ill.refused).toBeGreaterThanOrEqual(2);
    expect(ill.requestNumbers).toEqual([]);
    const well = await collector.report('well');
    expect(well).toMatchObject({ refused: 0, notices: 1 });
    expect(well.requestNumbers).toHaveLength(50);
  });

  test('the address that refuses is another one than the one that answers', () => {
    expect(collector.refusingEndpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(collector.refusingEndpoint).not.toBe(collector.endpoint);
  });
});

describe('the process', () => {
  test('reports its own CPU, which grows with work', async () => {
    await collector.open('work', 'work');
    const before = await collector.cpuSeconds();
    await sendFromApp('work', 'work', 3_000, {});
    expect(await collector.cpuSeconds()).toBeGreaterThan(before);
  });

  test('is gone when close resolves, and answers no more questions', async () => {
    const other = await startCollector({ entry, isSecure: false, environment: {} });
    expect(other.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(other.certificateAuthorityPem).toBeNull();
    expect(isAlive(other.pid)).toBe(true);
    await other.close();
    await other.close();
    expect(isAlive(other.pid)).toBe(false);
    await expect(other.cpuSeconds()).rejects.toThrow('The collector is closed');
  });

  test('fails loudly when it ends without having been asked to', async () => {
    const other = await startCollector({ entry, isSecure: false, environment: {} });
    process.kill(other.pid, 'SIGKILL');
    await expect(other.failed).rejects.toThrow('was ended by SIGKILL');
    await expect(other.report('any')).rejects.toThrow('was ended by SIGKILL');
    await other.close();
  });

  test('says what went wrong when it cannot be started', async () => {
    const broken = join(folder, 'broken.js');
    await writeFile(broken, 'throw new Error("no collector in here");');
    await expect(startCollector({ entry: broken, isSecure: true, environment: {} })).rejects.toThrow(
      'no collector in here',
    );
    await expect(
      startCollector({ entry: join(folder, 'missing.js'), isSecure: true, environment: {} }),
    ).rejects.toThrow('Cannot find module');
  });

  test('is given nothing of our environment', async () => {
    const curious = join(folder, 'curious.js');
    await writeFile(curious, 'process.stderr.write(Object.keys(process.env).sort().join()); process.exit(3);');
    await expect(startCollector({ entry: curious, isSecure: true, environment: { ONLY: '1' } })).rejects.toThrow(
      /exit code 3: (?!.*\bPATH\b).*\bONLY\b/,
    );
  });

  test('survives Ctrl-C, which the engine has to answer first', async () => {
    const other = await startCollector({ entry, isSecure: false, environment: {} });
    process.kill(other.pid, 'SIGINT');
    expect(await other.cpuSeconds()).toBeGreaterThan(0);
    await other.close();
  });

  test('ends when its parent is killed with SIGKILL', async () => {
    const parentEntry = join(folder, 'parent.js');
    const source = `import { startCollector } from './startCollector';
      startCollector({ entry: process.argv[2], isSecure: true, environment: {} }).then((one) => console.log(one.pid));`;
    await bundle({ contents: source, resolveDir: __dirname, loader: 'ts' }, parentEntry);
    const parent = spawn(process.execPath, [parentEntry, entry], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    try {
      parent.kill('SIGKILL');
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000, interval: 5 });
    } finally {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
  });
});

async function sendFromApp(
  apiKey: string,
  prefix: string,
  requests: number,
  environment: Record<string, string>,
): Promise<void> {
  await runPython(apiKey, [app, prefix, String(requests)], environment);
}

async function runPython(
  apiKey: string,
  [code = '', ...words]: readonly string[],
  environment: Record<string, string>,
): Promise<void> {
  await promisify(execFile)(testPython(), ['-c', code, ...words], {
    cwd: folder,
    env: { HONEYBADGER_API_KEY: apiKey, HONEYBADGER_ENDPOINT: collector.endpoint, ...trust, ...environment },
  });
}

async function bundle(input: string | NonNullable<BuildOptions['stdin']>, outfile: string): Promise<void> {
  const from: BuildOptions = typeof input === 'string' ? { entryPoints: [join(__dirname, input)] } : { stdin: input };
  await build({
    ...from,
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    minify: true,
    keepNames: true,
  });
}

/** A zombie, which nobody has asked about its end yet, is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
