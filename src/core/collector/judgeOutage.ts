import { outageWords, type OutageMode } from '../../shared/outage';
import type { CollectorReport } from './collectorReport';
import type { TrialToVerify } from './trialToVerify';

/**
 * Whether the app met the outage that it was to meet. What it lost there is reported and never judged. A refusing port sees nobody:
 * there, that not a single post came in although requests were answered is the proof, together with the rehearsal, in which the same variant's events arrived.
 */
export function judgeOutage(
  trial: TrialToVerify,
  outage: OutageMode,
): { readonly ok: true } | { readonly ok: boolean | null; readonly reason: string; readonly advice: string } {
  const { report, requestIds } = trial;
  if (isServed(report, outage)) {
    if (outage !== 'refuse' || requestIds.sent > requestIds.unanswered.length) return { ok: true };
    return {
      ok: null,
      reason: 'No request was answered, so there was nothing that an outage could have kept from arriving',
      advice: 'Look at the trial log: the app serves nothing.',
    };
  }
  const notServed = `The outage was not served: ${outageWords(outage)} was to be measured`;
  if (outage === 'refuse') {
    return {
      ok: false,
      reason: `${notServed}, but ${arrived(report) + report.refused} posts reached the collector`,
      advice: 'Let the app use HONEYBADGER_ENDPOINT as it is given: something sets another endpoint.',
    };
  }
  return {
    ok: false,
    reason: `${notServed}, but the app sent nothing${trial.context.wasKilled === true ? ' before it was killed' : ''}`,
    advice:
      'Let it send within a trial: longer trials (--trial), a shorter HONEYBADGER_EVENTS_TIMEOUT, a HONEYBADGER_EVENTS_SAMPLE_RATE above 0.',
  };
}

function isServed(report: CollectorReport, outage: OutageMode): boolean {
  if (outage === 'refuse') return arrived(report) + report.refused === 0;
  return outage === 'slow' ? arrived(report) > 0 : report.refused > 0;
}

function arrived({ batches, notices }: CollectorReport): number {
  return batches + notices;
}
