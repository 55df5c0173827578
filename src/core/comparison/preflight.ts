import type { RunEventBody } from '../../shared/events';
import { isHealthy } from '../../shared/outage';
import type { Plan, VariantPlan } from '../../shared/plan';
import type { Warning } from '../../shared/record';
import { foreignEndpointCode } from '../trial/judgeEffective';
import type { EffectiveConfig } from '../trial/readEffectiveConfig';
import { rehearse, type Rehearsal } from '../trial/rehearse';
import { isSilent } from '../trial/sampleRate';
import type { TrialDeps } from '../trial/trialDeps';
import { endpointFindings } from './endpointFindings';
import { hasSameValues } from './hasSameValues';
import { planProblems } from './planProblems';
import type { RunFolder } from '../history/runFolder';

export interface PreflightResult {
  /** Why a comparison would mean nothing, each with its fix. Empty: go ahead. */
  readonly problems: readonly Warning[];
  readonly warnings: readonly Warning[];
  /** The lowest rate that any variant served in the trial load; null when none was made. */
  readonly servedRps: number | null;
  /** What is in force in the loaded app, by variant, where it could be read back. */
  readonly effective: ReadonlyMap<string, EffectiveConfig>;
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
    return { problems, warnings: settingWarnings(deps.plan), servedRps: null, effective: new Map() };
  const warnings: Warning[] = [];
  const effective = new Map<string, EffectiveConfig>();
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
    const endpoints = endpointFindings(variant.name, rehearsal.failures);
    const found = problemsOf(variant.name, rehearsal, endpoints.problems);
    problems.push(...found);
    warnings.push(...rehearsal.judgement.warnings, ...endpoints.warnings);
    if (rehearsal.effective) effective.set(variant.name, rehearsal.effective);
    if (rehearsal.servedRps !== null) servedRps = Math.min(servedRps ?? Infinity, rehearsal.servedRps);
    onEvent({
      type: 'preflight',
      check: variant.name,
      state: found.length === 0 ? 'ok' : 'failed',
      message: found[0]?.message ?? describe(variant, rehearsal),
    });
    // Whatever is asked for, nothing goes to another service than ours.
    if (found.some(({ code }) => code === foreignEndpointCode)) break;
    if (isSilent(variant) && rehearsal.verification?.ok === null) warnings.push(unprovenSilence(variant.name));
  }
  return { problems, warnings: [...settingWarnings(deps.plan, effective), ...warnings], servedRps, effective };
}

/** An outage variant with the values of a healthy one has nothing to show that the healthy one does not. */
function variantsToRehearse({ variants }: Plan): VariantPlan[] {
  const healthy = variants.filter(isHealthy);
  return variants.filter(
    (variant) =>
      isHealthy(variant) || !healthy.some(({ environment }) => hasSameValues(environment, variant.environment)),
  );
}

function describe(variant: VariantPlan, { verification, servedRps }: Rehearsal): string {
  const events = Object.values(verification?.eventsByType ?? {}).reduce((sum, count) => sum + count, 0);
  const served = servedRps === null ? '' : `, serves about ${Math.round(servedRps)} requests/s`;
  const raised = isSilent(variant) ? ' with its sample rate raised to 100 % for this check' : '';
  return `${variant.name}: every endpoint answers, ${events === 0 ? 'no event' : `${events} events`} arrived${raised}${served}`;
}

function unprovenSilence(variant: string): Warning {
  return {
    code: 'silent_unproven',
    message: `${variant} throws all of its events away (sample rate 0 %), and no event could be matched with a request when they were let through: that Insights is on in it is not proven`,
    advice: 'Look at the cost of this variant: one that does nothing costs nothing.',
  };
}

function problemsOf(variant: string, { verification, judgement }: Rehearsal, endpoints: readonly Warning[]): Warning[] {
  const found = [...judgement.problems, ...endpoints];
  if (verification?.ok !== false) return found;
  const { reason, advice } = verification;
  return [
    ...found,
    {
      code: 'verification_failed',
      message: `${variant}: ${reason ?? 'telemetry was not as expected'}`,
      advice: advice ?? '',
    },
  ];
}

const truthy = /^(1|true|yes|on)$/i;

/** Settings that do not break the comparison, but that change what it is a comparison of. */
function settingWarnings(plan: Plan, effective: PreflightResult['effective'] = new Map()): Warning[] {
  const warnings: Warning[] = [];
  const isDebug = plan.variants.some(
    ({ name, environment }) =>
      effective.get(name)?.isDebug ??
      ['DEBUG', 'FLASK_DEBUG', 'DJANGO_DEBUG'].some((variable) => truthy.test(environment[variable] ?? '')),
  );
  if (isDebug) {
    warnings.push({
      code: 'debug_on',
      message:
        'DEBUG is on: the app is slower than in production, and Honeybadger would send nothing had we not set HONEYBADGER_FORCE_REPORT_DATA',
      advice:
        'Set DEBUG to false in the env files. (Django then wants 127.0.0.1 in ALLOWED_HOSTS, and may redirect to https: SECURE_SSL_REDIRECT.)',
    });
  }
  if ([...effective.values()].some(({ isReloading }) => isReloading)) {
    warnings.push({
      code: 'reloader_on',
      message:
        'The server runs with its reloader: a parent process watches the files and uses CPU of its own in every variant, and ends the app without letting it send what it has queued',
      advice: 'Start it without (Django: --noreload; Flask: --no-reload), best with gunicorn.',
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
