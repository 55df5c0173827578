import { endpointName, isCollector, serviceAddress } from '../../shared/endpoint';
import { expectedRequestsPerSecond } from '../../shared/expectedRate';
import { loadSeconds } from '../../shared/planSeconds';
import type { Plan, VariantPlan } from '../../shared/plan';
import type { Verification, Warning } from '../../shared/record';
import { formatCount, formatQuantity } from '../../shared/words/formatNumber';
import { isLoopback } from '../isLoopback';
import { isSilent, sampleRateOf } from '../trial/sampleRate';
import type { TrialDeps } from '../trial/trialDeps';
import { mostRepeats } from './runBlocks';

/** What a variant's rehearsal, whose telemetry our collector got, tells of its trials. */
export interface Rehearsed {
  readonly variant: VariantPlan;
  readonly requests: number;
  /** Null: what was sent could not be seen. */
  readonly verification: Verification | null;
}

/** Of an app that does not reach our collector, before it is started at all: each variant as if it sent what apps usually do. */
export function unseenRehearsals({ variants }: Pick<Plan, 'variants'>): readonly Rehearsed[] {
  return variants.map((variant) => ({ variant, requests: 1, verification: null }));
}

export interface SendingFindings {
  readonly problems: readonly Warning[];
  readonly warnings: readonly Warning[];
}

/** The code of the problem that `--force` does not get over: nobody has said yes to what would be sent. */
export const notAcceptedCode = 'events_not_accepted';

/** Where no event was seen: a request with five queries has as many (measured with honeybadger 1.3.0). */
const cautiousEventsPerRequest = 6;
/** An event's usual size (the same). */
const usualEventBytes = 285;
/** The room that is proposed above an estimate, and the number to round it to. */
const proposedRoom = 1.2;
const proposedStep = 1000;

/**
 * Of a run whose telemetry goes away from this tool: how much that will be, and whether whoever starts it has said yes to as much.
 * Empty where it goes to our collector.
 */
export function sendingFindings(
  { plan, inheritedEnvironment }: Pick<TrialDeps, 'plan' | 'inheritedEnvironment'>,
  rehearsed: readonly Rehearsed[],
): SendingFindings {
  if (isCollector(plan.endpoint)) return { problems: [], warnings: [] };
  const environments = plan.variants.map((variant) => ({
    ...variant,
    environment: { ...inheritedEnvironment, ...variant.environment },
  }));
  // An app that is not ours to run has its key where it runs.
  const keyless = plan.target.control
    ? undefined
    : environments.find(
        ({ insightsEnabled, environment }) => insightsEnabled === true && !environment['HONEYBADGER_API_KEY'],
      );
  const addresses = [
    ...new Set(
      environments.map(({ environment }) =>
        plan.endpoint === 'real'
          ? (environment['HONEYBADGER_ENDPOINT'] ?? serviceAddress)
          : endpointName(plan.endpoint),
      ),
    ),
  ];
  const estimate = estimateSent(plan, rehearsed);
  const notices = estimate.notices === null ? 'notices' : `${formatCount(estimate.notices)} notices`;
  const sent = `${formatCount(estimate.events)} events (${formatQuantity(estimate.bytes / 1e6, 'MB')})`;
  const message = `At most about ${sent} and ${notices} go to ${addresses.join(' and ')}, with your own key; they count against its quota`;
  const toSendNothing =
    plan.target.control?.collectorUrl === null
      ? 'set "collectorUrl" of the target to how the app reaches this machine'
      : 'leave out --endpoint';
  const isFree = addresses.every(isLoopback);
  const isAccepted = isFree || (plan.acceptedEvents ?? 0) >= estimate.events;
  const proposed = Math.ceil((estimate.events * proposedRoom) / proposedStep) * proposedStep;
  return {
    problems: [
      ...(keyless ? [noKey(keyless.name)] : []),
      ...(isAccepted
        ? []
        : [
            {
              code: notAcceptedCode,
              message,
              advice: `If that is what you want, run it again with --accept-events ${proposed}; to send nothing anywhere, ${toSendNothing}.`,
            },
          ]),
    ],
    warnings: isAccepted
      ? [{ code: 'events_are_sent', message, advice: `To send nothing anywhere, ${toSendNothing}.` }]
      : [],
  };
}

function noKey(variant: string): Warning {
  return {
    code: 'no_api_key',
    message: `${variant} has no HONEYBADGER_API_KEY, so Honeybadger would send nothing`,
    advice: 'Set it in the env file or in the environment, or leave out --endpoint: our own collector needs none.',
  };
}

/** Upper figures: with every repetition of a disturbed block, and the full load from the first second. */
function estimateSent(
  plan: TrialDeps['plan'],
  rehearsed: readonly Rehearsed[],
): { readonly events: number; readonly bytes: number; readonly notices: number | null } {
  const trials = plan.blocks + mostRepeats(plan.blocks);
  const perSecond = expectedRequestsPerSecond(plan.scenario.load, plan.behaviour);
  const requests = trials * loadSeconds(plan, 'scenario') * perSecond;
  const sum = { events: 0, bytes: 0, notices: 0 };
  for (const { variant, requests: asked, verification } of rehearsed) {
    if (asked === 0) continue;
    const seen = Object.values(verification?.eventsByType ?? {}).reduce((total, count) => total + count, 0);
    sum.notices += (requests * (verification?.notices ?? 0)) / asked;
    sum.bytes += (requests * (verification?.noticeBytes ?? 0)) / asked;
    if (variant.insightsEnabled === false || isSilent(variant)) continue;
    const share = sampleRateOf(variant) / 100;
    const kept = verification?.expected ?? asked * share;
    const isSeen = verification !== null && kept > 0;
    const events = requests * share * (isSeen ? seen / kept : cautiousEventsPerRequest);
    sum.events += events;
    sum.bytes += events * (verification !== null && seen > 0 ? verification.bytes / seen : usualEventBytes);
  }
  const isUnseen = rehearsed.some(({ verification }) => verification === null);
  return { events: Math.ceil(sum.events), bytes: sum.bytes, notices: isUnseen ? null : Math.ceil(sum.notices) };
}
