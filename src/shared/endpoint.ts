/**
 * Where the telemetry of a trial goes: to our own collector, by HTTPS or by plain HTTP; to wherever the app's own environment says, which is
 * the real service unless that names another one; or to an address.
 */
export type Endpoint = 'local' | 'local-http' | 'real' | { readonly url: string };

/** Honeybadger's own, where HONEYBADGER_ENDPOINT does not name another one (honeybadger 1.3.0, config.py). */
export const serviceAddress = 'https://api.honeybadger.io';

/** Whether it is our own collector, which counts what arrives and costs nobody anything. */
export function isCollector(endpoint: Endpoint): endpoint is 'local' | 'local-http' {
  return endpoint === 'local' || endpoint === 'local-http';
}

/** As it is asked for, and as a record has it. */
export function endpointName(endpoint: Endpoint): string {
  return typeof endpoint === 'string' ? endpoint : endpoint.url;
}
