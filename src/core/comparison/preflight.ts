import type { RunEventBody } from '../../shared/events';
import { isHealthy } from '../../shared/outage';
import type { Plan, VariantPlan } from '../../shared/plan';
import type { ComparisonRecord, EndpointSource, Warning } from '../../shared/record';
import { shownInjected } from '../trial/injectedEnvironment';
import { foreignEndpointCode } from '../trial/judgeEffective';
import type { InspectedApp } from '../inspect/inspectApp';
import { rehearse, type Rehearsal } from '../trial/rehearse';
import { isSilent } from '../trial/sampleRate';
import { isCollectorUnreached, type TrialDeps } from '../trial/trialDeps';
import { adoptRoutes } from './adoptRoutes';
import { endpointFindings } from './endpointFindings';
import { endpointSources } from './endpointSources';
import { hasSameValues } from './hasSameValues';
import { planProblems } from './planProblems';
import { notAcceptedCode, sendingFindings, unseenRehearsals, type Rehearsed } from './sendingFindings';
import { settingWarnings } from './settingWarnings';
import { surroundingChecks } from './surroundingChecks';

export interface PreflightResult {
  /** With the app's own routes as the behaviour where nobody had named one. */
  readonly plan: Plan;
  /** Why a comparison would mean nothing, each with its fix. Empty: go ahead. */
  readonly problems: readonly Warning[];
  /** But those that were told at once. */
  readonly warnings: readonly Warning[];
  /** The lowest rate that any variant served in the trial load; null when none was made. */
  readonly servedRps: number | null;
  /** What is in force in the loaded app, by variant, where it could be read back. */
  readonly effective: ReadonlyMap<string, InspectedApp>;
  /** Where the code of each endpoint stands. */
  readonly sources: readonly EndpointSource[];
}

export interface PreflightOptions {
  readonly software: ComparisonRecord['software'];
  /** Where a variant's app says what it says. */
  readonly logFileOf: (variant: string) => string;
  /** Tells of checks that found nothing too. */
  readonly tellsAll: boolean;
  /** What was found around the app, told at once: when it does not start, this may be why. */
  readonly onWarning: (warning: Warning) => void;
  readonly onEvent: (event: RunEventBody) => void;
}

/**
 * Looks at what surrounds the app, then rehearses every variant once: does it start, does each endpoint answer, does telemetry arrive where
 * it must and only there?
 */
export async function preflight(
  deps: TrialDeps,
  { software, logFileOf, tellsAll, onWarning, onEvent }: PreflightOptions,
  signal: AbortSignal,
): Promise<PreflightResult> {
  const checks = await surroundingChecks(deps, software, signal);
  for (const { name, code, state, message, advice = '' } of checks) {
    if (state === 'warning') onWarning({ code, message, advice });
    else if (tellsAll || state !== 'ok') onEvent({ type: 'preflight', check: name, state, message });
  }
  if (tellsAll) onEvent({ type: 'preflight', check: 'environment', state: 'ok', message: environmentText(deps) });
  // Whatever such an app is started for, its telemetry goes away: not before somebody has said yes to it.
  const unseen = isCollectorUnreached(deps) ? sendingFindings(deps, unseenRehearsals(deps.plan)) : null;
  const problems: Warning[] = [...planProblems(deps.plan), ...(unseen?.problems ?? [])];
  const isFinal = problems.some(({ code }) => code === notAcceptedCode);
  if (problems.length > 0 && (isFinal || !deps.plan.isForced)) {
    const warnings = settingWarnings(deps);
    return { plan: deps.plan, problems, warnings, servedRps: null, effective: new Map(), sources: [] };
  }
  const warnings: Warning[] = [];
  const effective = new Map<string, InspectedApp>();
  const rehearsed: Rehearsed[] = [];
  let servedRps: number | null = null;
  let { plan } = deps;
  for (const [index, variant] of variantsToRehearse(deps.plan).entries()) {
    onEvent({
      type: 'preflight',
      check: variant.name,
      state: 'running',
      message: `Trying ${variant.name}: start, every endpoint once, stop`,
    });
    const rehearsal = await rehearse(
      { ...deps, plan },
      {
        variant,
        index,
        logFile: logFileOf(variant.name),
        measuresCapacity: plan.scenario.isRateAdaptive,
        completePlan: (tried) => {
          const adopted = adoptRoutes(plan, tried);
          warnings.push(adopted.finding);
          return adopted.plan;
        },
        onEvent,
      },
      signal,
    );
    plan = rehearsal.plan;
    const { requests, verification } = rehearsal;
    if (verification !== null) rehearsed.push({ variant, requests, verification });
    const endpoints = endpointFindings(variant.name, rehearsal.failures);
    const found = [...codeProblems(variant, rehearsal), ...problemsOf(variant.name, rehearsal, endpoints.problems)];
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
    if (isSilent(variant) && verification?.ok === null) warnings.push(unprovenSilence(variant.name));
  }
  // What there was to say of the unseen was said before.
  const sending = unseen ? { ...unseen, problems: [] } : sendingFindings({ ...deps, plan }, rehearsed);
  return {
    plan,
    problems: [...problems, ...sending.problems],
    warnings: [...settingWarnings({ ...deps, plan }, effective), ...warnings, ...sending.warnings],
    servedRps,
    effective,
    sources: await endpointSources({ ...deps, plan }, effective),
  };
}

/** Every variable that we set, in any variant; their values stand in the record (`variants[].injected`). */
function environmentText(deps: TrialDeps): string {
  const names = deps.plan.variants.flatMap((variant) => Object.keys(shownInjected(deps, variant)));
  return `Set by us, by the process environment alone: ${[...new Set(names)].sort().join(', ')}`;
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

/** Code that comes from the user's folder is not that of the commit. */
function codeProblems({ name, code }: VariantPlan, { effective }: Rehearsal): Warning[] {
  const [file] = effective?.filesWithin ?? [];
  if (!code?.revision || file === undefined) return [];
  return [
    {
      code: 'revision_bypassed',
      message: `${name} loads code from your own folder instead of from the commit (${file}): both variants would run the same code`,
      advice:
        'Some path to it is written down: look at PYTHONPATH, at sys.path in the code, and at how the project is installed.',
    },
  ];
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
