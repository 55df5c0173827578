import type { Warning } from '../../shared/record';
import type { Rehearsal } from '../trial/rehearse';

type Failure = Rehearsal['failures'][number];

export interface EndpointFindings {
  readonly problems: readonly Warning[];
  readonly warnings: readonly Warning[];
}

/**
 * What the round through a variant's endpoints shows, each with its cause and fix. A redirect to https or to a login would be measured
 * instead of the app; any other one may be what the app does, and is told.
 */
export function endpointFindings(variant: string, failures: readonly Failure[]): EndpointFindings {
  const problems: Warning[] = [];
  const warnings: Warning[] = [];
  for (const failure of failures) {
    const { endpoint, reason, body } = failure;
    const location = locationOf(failure);
    if (location === null) {
      problems.push({
        code: 'endpoint_failed',
        message: `${variant}: ${endpoint} failed (${reason})`,
        advice: adviceFor(reason, body),
      });
      continue;
    }
    const cause = redirectCause(location);
    const message = `${endpoint} answers with a redirect to ${location} (${reason})`;
    if (cause === null) {
      warnings.push({
        code: 'endpoint_redirects',
        message: `${message}: that is what is measured, the page behind it is not asked for`,
        advice: 'Ask for the address behind it, or list the status under "expect" in the behaviour.',
      });
    } else problems.push({ code: 'endpoint_redirected', message: `${variant}: ${message}`, advice: cause });
  }
  return { problems, warnings };
}

/** Where a redirect leads; null for any other failure. */
function locationOf({ reason, body }: Failure): string | null {
  return /^HTTP 3\d\d$/.test(reason) ? (/^Location: (.*)$/m.exec(body)?.[1] ?? '') : null;
}

/** Why a redirect stands in the way of a comparison, as advice; null when it does not. */
function redirectCause(location: string): string | null {
  if (location.startsWith('https://')) {
    return 'The app insists on https (Django: SECURE_SSL_REDIRECT): set that to False in the compared environment, or send what the proxy in front of it would ("headers": {"X-Forwarded-Proto": "https"}, with SECURE_PROXY_SSL_HEADER).';
  }
  if (/log[-_]?in|sign[-_]?in|\bauth\b/i.test(location)) {
    return 'The page needs a login: log in with "onStart" in the behaviour, or list the status under "expect" if the redirect itself is to be measured.';
  }
  return null;
}

function adviceFor(reason: string, body: string): string {
  const said = body.trim().slice(0, 200);
  const answer = said === '' ? '' : ` It answered: ${said}`;
  if (reason === 'HTTP 404')
    return `The app has no such path: name its own endpoints under "behaviours" in the project file.${answer}`;
  if (reason === 'HTTP 400') return `Allow 127.0.0.1 as host (Django: ALLOWED_HOSTS), or correct the request.${answer}`;
  if (reason === 'HTTP 403' && /csrf/i.test(body)) {
    return 'Django refuses it without a CSRF token: get one with "onStart" and "extract": {"token": {"cookie": "csrftoken"}} and send it ("headers": {"X-CSRFToken": "{{token}}"}), or exempt the view in the compared environment.';
  }
  if (reason === 'HTTP 401' || reason === 'HTTP 403')
    return `Log in with "onStart", or exempt the view from CSRF in the compared environment.${answer}`;
  return `Correct the request or the app, or list the status under "expect".${answer}`;
}
