import type { Verification } from '../../shared/record';
import { countInstrumented } from './collectorReport';
import {
  explainDropped,
  explainMissing,
  explainNothing,
  explainUnexpected,
  type Explanation,
} from './explainVerification';
import { judgeOutage } from './judgeOutage';
import { isSampled } from './isSampled';
import type { Arrivals, TrialToVerify } from './trialToVerify';

/**
 * Judges what the collector got. With Insights on, the event of each answered request that the sample rate keeps must have
 * arrived (of one that got no answer it may or may not); where events carry no id, some must have; with Insights off, no instrumented
 * event at all may have; when it is not known, nothing is judged and `ok` is null. Notices and the app's own events never decide.
 *
 * Capacity trials drive the app to its limit, where honeybadger drops the newest events once 10,000 are queued. That is what
 * Insights does on a busy app and no fault of the measurement, so events missing there leave `ok` true, with the reason;
 * only a trial from which nothing arrived is wrong. In an outage, losses are what is measured: `judgeOutage` has its rules.
 */
export function verifyTrial(trial: TrialToVerify): Verification {
  const { report, context } = trial;
  const arrivals = compareArrivals(trial);
  const isExpecting = trial.insights === 'on' && hasIds(trial);
  const counts = {
    expected: isExpecting ? arrivals.expected.length : trial.insights === 'off' ? 0 : null,
    received: isExpecting ? arrivals.received.length : report.requestNumbers.length,
    missing: isExpecting ? arrivals.missing.length : 0,
    dropped: context.droppedByApp ?? 0,
    duplicates: report.duplicates,
    late: report.late,
    notices: report.notices,
    eventsByType: { ...report.eventsByType },
    batches: report.batches,
    bytes: report.bytes,
    noticeBytes: report.noticeBytes,
    largestBatchBytes: report.largestBatchBytes,
    ...(trial.outage === undefined ? {} : { refused: report.refused }),
  };
  return { ...counts, ...judge(trial, arrivals) };
}

type Judgement = { readonly ok: true } | ({ readonly ok: boolean | null } & Explanation);

function judge(trial: TrialToVerify, arrivals: Arrivals): Judgement {
  if (trial.insights === 'elsewhere') {
    return {
      ok: null,
      reason:
        'Telemetry went to another service, where its arrival cannot be seen from here; the rehearsals, against our collector, were checked',
      advice: 'Leave out --endpoint to have every event checked.',
    };
  }
  if (trial.insights === 'unseen') {
    return {
      ok: null,
      reason: 'The app does not reach our collector, so that its telemetry was not seen',
      advice: 'Set "collectorUrl" of the target to how the app reaches this machine.',
    };
  }
  if (trial.insights === 'unknown') {
    return {
      ok: null,
      reason: 'Nothing says whether Insights is on in this variant, so what arrived was counted but not judged',
      advice: 'Set HONEYBADGER_INSIGHTS_ENABLED to true or false in each variant.',
    };
  }
  if (trial.insights === 'off') {
    return countInstrumented(trial.report.eventsByType) === 0
      ? { ok: true }
      : { ok: false, ...explainUnexpected(trial) };
  }
  if (trial.outage !== undefined) return judgeOutage(trial, trial.outage);
  const judgement = hasIds(trial) ? judgeArrivals(trial, arrivals) : judgeWithoutIds(trial, arrivals);
  const dropped = trial.context.droppedByApp ?? 0;
  // Every request's own event may have arrived while those of its queries were dropped.
  if (judgement.ok !== true || dropped === 0 || 'reason' in judgement) return judgement;
  return { ok: trial.context.kind === 'capacity', ...explainDropped(dropped) };
}

/** Sound, and yet no proof: a variant without Insights would look the same. */
const silentByDesign: Explanation = {
  reason:
    'A sample rate of 0 % lets nothing arrive, so arrival cannot prove here that Insights was on: the rehearsal looks for that, with the rate raised to 100 %',
  advice: 'Look at the checks before the first trial.',
};

function judgeArrivals(trial: TrialToVerify, arrivals: Arrivals): Judgement {
  const { expected, received, missing, surplus } = arrivals;
  const isSilent = trial.sampleRate <= 0;
  if (surplus.length > 0 || (isSilent && countInstrumented(trial.report.eventsByType) > 0)) {
    return {
      ok: false,
      reason: `Events arrived that a sample rate of ${trial.sampleRate} % leaves out: another rate is in force in the app`,
      advice:
        'Look for an EVENTS_SAMPLE_RATE that the app sets after its start (configure(), load_dotenv(override=True)).',
    };
  }
  if (expected.length > 0 && received.length === 0) return { ok: false, ...explainNothing(trial, arrivals) };
  if (missing.length > 0) return { ok: trial.context.kind === 'capacity', ...explainMissing(trial, arrivals) };
  if (isSilent) return { ok: true, ...silentByDesign };
  if (expected.length > 0) return { ok: true };
  const why =
    trial.requestIds.sent > trial.requestIds.unanswered.length
      ? 'the sample rate keeps none of the requests'
      : 'no request was answered';
  return {
    ok: null,
    reason: `No event could be expected, because ${why}`,
    advice: 'Send more requests, or raise HONEYBADGER_EVENTS_SAMPLE_RATE.',
  };
}

/** An app that is wrapped in the ASGI middleware, and has no integration of its framework's, sends request events of its own kind, without ids. */
function hasIds({ requestEventsExpected, report }: TrialToVerify): boolean {
  return (
    requestEventsExpected && (report.requestNumbers.length > 0 || report.eventsByType['asgi.request'] === undefined)
  );
}

/** With this many events to be expected, none arrives by a sample's chance in one of a thousand trials. */
const surelyExpected = 7;

function judgeWithoutIds(trial: TrialToVerify, arrivals: Arrivals): Judgement {
  const { report, sampleRate, requestIds } = trial;
  if (countInstrumented(report.eventsByType) > 0) return { ok: true };
  if (sampleRate <= 0) return { ok: true, ...silentByDesign };
  const own = Object.keys(report.eventsByType);
  if (own.length > 0) {
    return {
      ok: null,
      reason: `Only events of the app's own arrived (${own.slice(0, 3).join(', ')}), which it sends without Insights too: whether Insights is on in it is not proven`,
      advice: "Check that Honeybadger's integration is wired into the app.",
    };
  }
  const answered = requestIds.sent - requestIds.unanswered.length;
  if (answered > 0 && (sampleRate >= 100 || (answered * sampleRate) / 100 >= surelyExpected))
    return { ok: false, ...explainNothing(trial, arrivals) };
  return {
    ok: null,
    reason: `No event arrived, ${answered === 0 ? 'because no request was answered' : `which a sample rate of ${sampleRate} % can do to ${answered} requests`}`,
    advice: 'Send more requests, or raise HONEYBADGER_EVENTS_SAMPLE_RATE.',
  };
}

function compareArrivals(trial: TrialToVerify): Arrivals {
  const { report, requestIds, requestIdPrefix, sampleRate } = trial;
  const arrived = new Set(report.requestNumbers);
  const unanswered = new Set(requestIds.unanswered);
  const isKept = (n: number) => isSampled(`${requestIdPrefix}-${n}`, sampleRate);
  const expected: number[] = [];
  for (let n = 0; n < requestIds.sent; n += 1) {
    if (!unanswered.has(n) && isKept(n)) expected.push(n);
  }
  return {
    expected,
    received: expected.filter((n) => arrived.has(n)),
    missing: expected.filter((n) => !arrived.has(n)),
    surplus: report.requestNumbers.filter((n) => !isKept(n)),
  };
}
