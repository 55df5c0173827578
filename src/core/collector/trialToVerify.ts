import type { TrialKind } from '../../shared/events';
import type { OutageMode } from '../../shared/outage';
import type { TargetPlan } from '../../shared/plan';
import type { CollectorReport } from './collectorReport';

/** What the trial was meant to be, and what came of it. */
export interface TrialToVerify {
  readonly report: CollectorReport;
  /** Ids `prefix-0` … `prefix-(sent − 1)` were sent; of `unanswered` no answer came. */
  readonly requestIds: { readonly sent: number; readonly unanswered: readonly number[] };
  /**
   * What Insights is meant to be in this variant; `elsewhere`: its telemetry went to another service, where nobody sees it
   * arrive; `unseen`: the app does not reach our collector, in no trial and in no rehearsal.
   */
  readonly insights: 'on' | 'off' | 'unknown' | 'elsewhere' | 'unseen';
  /** HONEYBADGER_EVENTS_SAMPLE_RATE, in percent. */
  readonly sampleRate: number;
  readonly requestIdPrefix: string;
  /**
   * Whether the framework's integration sends an event for each request under our id: Django and Flask, whatever serves them. (The ASGI
   * middleware of honeybadger 1.3.0 gives its events no request id; where they are all that came, they are what is judged.)
   */
  readonly requestEventsExpected: boolean;
  /** The outage that the app was to meet; left out: the collector was healthy. */
  readonly outage?: OutageMode | undefined;
  readonly context: VerificationContext;
}

/** Facts about the trial that name the cause when something is wrong. They never change whether it is. */
export interface VerificationContext {
  readonly kind: TrialKind;
  readonly framework: TargetPlan['framework'];
  /** HONEYBADGER_INSIGHTS_ENABLED as the process was given it; null: not set. */
  readonly insightsEnabledValue: string | null;
  /** DEBUG, FLASK_DEBUG or whatever the app calls it; null: not set. */
  readonly debugValue: string | null;
  /** HONEYBADGER_FORCE_REPORT_DATA and HONEYBADGER_ENVIRONMENT as the process was given them. */
  readonly forceReportDataValue?: string | null;
  readonly environmentValue?: string | null;
  readonly apiKeyPresent?: boolean;
  /** How the app was started. */
  readonly command?: readonly string[];
  /** Whether the server forks after it has loaded the app, or restarts itself when a file changes; left out: not known. */
  readonly isPreloading?: boolean;
  readonly isReloading?: boolean;
  /** Whether the app loads the honeybadger package, as read back from it; left out: not known. */
  readonly package?: 'loaded' | 'unused' | 'missing';
  /** HONEYBADGER_EVENTS_MAX_QUEUE_SIZE in force; left out: honeybadger's default. */
  readonly queueLimit?: number;
  /** The app was killed instead of ending by itself. */
  readonly wasKilled?: boolean;
  /** The app ended by a signal, without Python's exit hooks, and its last flush had not been waited for. */
  readonly lostItsQueue?: boolean;
  /** Events that the app's log says were dropped because its queue was full. */
  readonly droppedByApp?: number;
}

/** Request numbers, ascending. */
export interface Arrivals {
  /** Answered, and kept by the sample rate: their events must be there. */
  readonly expected: readonly number[];
  readonly received: readonly number[];
  readonly missing: readonly number[];
  /** Arrived although the sample rate leaves them out. */
  readonly surplus: readonly number[];
}
