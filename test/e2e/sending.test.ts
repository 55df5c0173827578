import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ComparisonRecord } from '../../src/shared/record';
import { copyTinyProject, runCommandLine, type TestProject } from './commandLine';

// Telemetry that leaves this tool: a service of the user's, here a server that answers as Honeybadger does and counts.

const words = ['run', '.', 'short', '--blocks', '1', '--seed', '1', '--json', '--quiet'];

let project: TestProject;
let service: Server;
let address: string;
/** Of every event that came, the API key and the request's id. */
const events: { readonly key: string; readonly requestId: string }[] = [];

beforeEach(async () => {
  project = await copyTinyProject();
  events.length = 0;
  service = createServer((request, response) => {
    void linesOf(request).then((lines) => {
      const key = String(request.headers['x-api-key']);
      if (request.url?.startsWith('/v1/events'))
        for (const line of lines) events.push({ key, requestId: /"request_id": ?"([^"]*)"/.exec(line)?.[1] ?? '' });
      response.writeHead(201).end('{}');
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const at = service.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
});
afterEach(async () => {
  service.closeAllConnections();
  await new Promise((resolve) => service.close(resolve));
  await project.remove();
});

describe('--endpoint', () => {
  test('real: the trials send where the app itself would, under its own key; the rehearsals do not', async () => {
    const environment = { HONEYBADGER_ENDPOINT: address };
    const command = await runCommandLine(project, [...words, '--endpoint', 'real'], environment);
    expect(command).toMatchObject({ code: 0 });
    const record = JSON.parse(command.stdout) as ComparisonRecord;
    expect(record).toMatchObject({ status: 'complete', plan: { endpoint: 'real' }, capacity: [] });
    expect(record.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['events_are_sent', 'unverified', 'capacity_left_out']),
    );
    for (const { verification } of record.trials) expect(verification).toMatchObject({ ok: null, received: 0 });
    const sent = record.trials.find(({ variant }) => variant === 'with_insights')?.requestsSent ?? 0;
    expect(sent).toBeGreaterThan(0);
    expect(new Set(events.map(({ key }) => key))).toEqual(new Set(['hbp_not_a_real_key']));
    // All others are those of the look whether it is up.
    const ofTrials = events.filter(({ requestId }) => !requestId.startsWith('probe-'));
    expect(ofTrials).toHaveLength(sent);
    expect(ofTrials.filter(({ requestId }) => !/t000[01]-\d+$/.test(requestId))).toEqual([]);
  }, 120_000);

  test('an address that is not of this machine: nothing is sent before as many events are accepted, not even by force', async () => {
    const away = ['--endpoint', 'https://honeybadger.invalid'];
    for (const more of [[], ['--force'], ['--accept-events', '3']]) {
      const command = await runCommandLine(project, [...words, ...away, ...more]);
      expect(command.code).toBe(5);
      const { status, outcomeReason, trials } = JSON.parse(command.stdout) as ComparisonRecord;
      expect({ status, trials }).toEqual({ status: 'invalid', trials: [] });
      expect(outcomeReason).toMatch(
        /^At most about [\d,]+ events \([\d.]+ MB\) and [\d,]+ notices go to https:\/\/honeybadger\.invalid, with your own key.*--accept-events \d+;/,
      );
    }
    expect(events).toEqual([]);
  }, 120_000);
});

/** An event per line. */
async function linesOf(request: IncomingMessage): Promise<readonly string[]> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text.split('\n').filter((line) => line.trim() !== '');
}
