import { describe, expect, test } from 'vitest';
import { parseEndpoint, type AskedEndpoint } from './parseEndpoint';

const asked = (request: AskedEndpoint['request'], change: Partial<AskedEndpoint> = {}): AskedEndpoint => ({
  request,
  project: { endpoint: 'local' },
  variants: [{}],
  control: undefined,
  ...change,
});

describe('an endpoint', () => {
  test.each([
    ['local', 'local'],
    ['local-http', 'local-http'],
    ['real', 'real'],
    ['https://eu-api.honeybadger.io/', { url: 'https://eu-api.honeybadger.io' }],
    ['http://127.0.0.1:9000', { url: 'http://127.0.0.1:9000' }],
  ])('%s is one', (endpoint, expected) => {
    expect(parseEndpoint(asked({ endpoint }))).toEqual(expected);
  });

  test.each(['away', 'ftp://host', 'https://user@host', 'https://host/?key=1'])('%s is none', (endpoint) => {
    expect(() => parseEndpoint(asked({ endpoint }))).toThrow(/is no endpoint/);
  });

  test('of the project file is our collector, or refused', () => {
    expect(parseEndpoint(asked({}, { project: { endpoint: 'local-http' } }))).toBe('local-http');
    expect(() => parseEndpoint(asked({}, { project: { endpoint: 'real' } }))).toThrow(
      'The project file sends telemetry to real, which only who starts a run can ask for',
    );
    expect(parseEndpoint(asked({ endpoint: 'local' }, { project: { endpoint: 'real' } }))).toBe('local');
  });

  test('of an app that is not ours to run is our collector by plain HTTP where it is reached, else where the app always sends', () => {
    const control = { start: ['begin'], stop: ['end'], collectorUrl: 'http://192.168.1.5:9100' };
    expect(parseEndpoint(asked({}, { control }))).toBe('local-http');
    expect(parseEndpoint(asked({ endpoint: 'real' }, { control }))).toBe('real');
    expect(parseEndpoint(asked({}, { control: { ...control, collectorUrl: null } }))).toBe('real');
    expect(() => parseEndpoint(asked({}, { control, variants: [{}, { outage: 'refuse' }] }))).toThrow(
      /^Refused connections cannot be measured/,
    );
  });

  test('away from our collector plays no outage, and needs a number of blocks', () => {
    const ill = asked({ endpoint: 'real' }, { variants: [{}, { outage: 'hang' }] });
    expect(() => parseEndpoint(ill)).toThrow('An outage cannot be measured with --endpoint real');
    expect(() => parseEndpoint(asked({ endpoint: 'real', until: 0.02 }))).toThrow('--until cannot be used');
  });
});
