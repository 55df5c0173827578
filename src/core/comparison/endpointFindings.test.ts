import { describe, expect, test } from 'vitest';
import { endpointFindings } from './endpointFindings';

describe('an endpoint that does not answer as expected', () => {
  test.each([
    ['HTTP 404', '', /name its own endpoints under "behaviours"/],
    ['HTTP 400', 'Bad Request', /ALLOWED_HOSTS.*It answered: Bad Request/],
    ['HTTP 403', '<h1>Forbidden</h1><p>CSRF verification failed.', /"extract".*csrftoken.*X-CSRFToken/],
    ['HTTP 403', 'for members', /Log in with "onStart"/],
    ['HTTP 401', '', /Log in with "onStart"/],
    ['HTTP 500', 'no database', /list the status under "expect". It answered: no database/],
    ['timed out', '', /Correct the request or the app/],
  ])('%s, "%s": a problem with its fix', (reason, body, advice) => {
    const { problems, warnings } = endpointFindings('v', [{ endpoint: 'GET /x', reason, body }]);
    expect(warnings).toEqual([]);
    expect(problems).toEqual([
      { code: 'endpoint_failed', message: `v: GET /x failed (${reason})`, advice: expect.stringMatching(advice) },
    ]);
  });
});

describe('a redirect', () => {
  test.each([
    ['https://127.0.0.1:5000/', /SECURE_SSL_REDIRECT.*False/],
    ['/accounts/login/?next=/private/', /"onStart"/],
    ['/users/sign_in', /"onStart"/],
  ])('to %s would be measured instead of the app', (location, advice) => {
    const { problems } = findings('HTTP 302', location);
    expect(problems).toMatchObject([{ code: 'endpoint_redirected', advice: expect.stringMatching(advice) }]);
    expect(problems[0]?.message).toBe(`v: GET /x answers with a redirect to ${location} (HTTP 302)`);
  });

  test('to anywhere else is told', () => {
    const { problems, warnings } = findings('HTTP 301', '/x/');
    expect(problems).toEqual([]);
    expect(warnings).toMatchObject([
      {
        code: 'endpoint_redirects',
        message: expect.stringContaining('GET /x answers with a redirect to /x/ (HTTP 301)'),
      },
    ]);
  });
});

function findings(reason: string, location: string) {
  return endpointFindings('v', [{ endpoint: 'GET /x', reason, body: `Location: ${location}` }]);
}
