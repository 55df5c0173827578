import type { RunEventBody } from '../../shared/events';
import type { Plan, VariantPlan } from '../../shared/plan';
import type { Warning } from '../../shared/record';
import { rehearse, type Rehearsal } from '../trial/rehearse';
import type { TrialDeps } from '../trial/trialDeps';
import { hasSameValues } from './hasSameValues';
import { planProblems } from './planProblems';
import type { RunFolder } from '../history/runFolder';

export interface PreflightResult {
  /** Why a comparison would mean nothing, each with its fix. Empty: go ahead. */
  readonly problems: readonly Warning[];
  readonly warnings: readonly Warning[];
  /** The lowest rate that any variant served in the trial load; null when none was made. */
  readonly servedRps: number | null;
}

/** Rehearses every variant once: does it start, does each endpoint answer, does telemetry arrive where it must and only there? */
export async function preflight(
  deps: TrialDeps,
  folder: RunFolder,
  onEvent: (event: RunEventBody) => void,
  signal: AbortSignal,
): Promise<PreflightResult> {
  const problems: Warning[] = [...planProblems(deps.plan)];
  if (problems.length > 0 && !deps.plan.isForced)
    return { problems, warnings: settingWarnings(deps.plan), servedRps: null };
  let servedRps: number | null = null;
  for (const [index, variant] of variantsToRehearse(deps.plan).entries()) {
    onEvent({
      type: 'preflight',
      check: variant.name,
      state: 'running',
      message: `Trying ${variant.name}: start, every endpoint once, stop`,
    });
    const rehearsal = await rehearse(
      deps,
      {
        variant,
        index,
        logFile: folder.preflightLog(variant.name),
        measuresCapacity: deps.plan.scenario.isRateAdaptive,
        onEvent,
      },
      signal,
    );
    const found = problemsOf(variant.name, rehearsal);
    problems.push(...found);
    if (rehearsal.servedRps !== null) servedRps = Math.min(servedRps ?? Infinity, rehearsal.servedRps);
    onEvent({
      type: 'preflight',
      check: variant.name,
      state: found.length === 0 ? 'ok' : 'failed',
      message: found[0]?.message ?? describe(variant.name, rehearsal),
    });
  }
  return { problems, warnings: settingWarnings(deps.plan), servedRps };
}

/** An outage variant with the values of a healthy one has nothing to show that the healthy one does not. */
function variantsToRehearse({ variants }: Plan): VariantPlan[] {
  const healthy = variants.filter(({ outage }) => outage === undefined);
  return variants.filter(
    ({ outage, environment }) =>
      outage === undefined || !healthy.some((other) => hasSameValues(other.environment, environment)),
  );
}

function describe(variant: string, { verification, servedRps }: Rehearsal): string {
  const events = Object.values(verification.eventsByType).reduce((sum, count) => sum + count, 0);
  const served = servedRps === null ? '' : `, serves about ${Math.round(servedRps)} requests/s`;
  return `${variant}: every endpoint answers, ${events === 0 ? 'no event' : `${events} events`} arrived${served}`;
}

function problemsOf(variant: string, rehearsal: Rehearsal): Warning[] {
  const endpoints = rehearsal.failures.map(({ endpoint, reason, body }) => ({
    code: 'endpoint_failed',
    message: `${variant}: ${endpoint} failed (${reason})`,
    advice: adviceFor(reason, body),
  }));
  const { ok, reason, advice } = rehearsal.verification;
  if (ok !== false) return endpoints;
  return [
    ...endpoints,
    {
      code: 'verification_failed',
      message: `${variant}: ${reason ?? 'telemetry was not as expected'}`,
      advice: advice ?? '',
    },
  ];
}

function adviceFor(reason: string, body: string): string {
  const said = body.trim().slice(0, 200);
  const answer = said === '' ? '' : ` It answered: ${said}`;
  if (reason === 'HTTP 404')
    return `The app has no such path: name its own endpoints under "behaviours" in the project file.${answer}`;
  if (reason === 'HTTP 400') return `Allow 127.0.0.1 as host (Django: ALLOWED_HOSTS), or correct the request.${answer}`;
  if (reason === 'HTTP 403')
    return `Log in with "onStart", or exempt the view from CSRF in the compared environment.${answer}`;
  return `Correct the request or the app, or list the status under "expect".${answer}`;
}

const truthy = /^(1|true|yes|on)$/i;

/** Settings that do not break the comparison, but that change what it is a comparison of. */
function settingWarnings(plan: Plan): Warning[] {
  const warnings: Warning[] = [];
  const isDebug = plan.variants.some(({ environment }) =>
    ['DEBUG', 'FLASK_DEBUG', 'DJANGO_DEBUG'].some((name) => truthy.test(environment[name] ?? '')),
  );
  if (isDebug) {
    warnings.push({
      code: 'debug_on',
      message:
        'DEBUG is on: the app is slower than in production, and Honeybadger would send nothing had we not set HONEYBADGER_FORCE_REPORT_DATA',
      advice: 'Set DEBUG to false in the env files.',
    });
  }
  if (plan.target.reset === null) {
    warnings.push({
      code: 'no_reset',
      message: 'No "reset" is set: if the app keeps a database, what one trial writes, the next one finds',
      advice: 'Add "reset" (and "prepare") to the target in the project file.',
    });
  }
  if (plan.endpoint === 'local-http') {
    warnings.push({
      code: 'plain_http',
      message:
        'The collector speaks plain HTTP: what TLS costs per batch and notice is left out, so the result is an underestimate',
      advice: 'Leave out --endpoint local-http.',
    });
  }
  return warnings;
}
