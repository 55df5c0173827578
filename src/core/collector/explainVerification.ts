import { appServerOf } from '../../shared/appServer';
import { assertNever } from '../../shared/assertNever';
import { insightsSwitch, readSwitch } from '../../shared/insightsSwitch';
import { instrumentedEventTypes } from '../../shared/effects/instrumentedEventTypes';
import { defaultQueueSize } from '../../shared/outageScale';
import { formatCount } from '../../shared/words/formatNumber';
import { countInstrumented } from './collectorReport';
import { samplingPercentile } from './isSampled';
import type { Arrivals, TrialToVerify, VerificationContext } from './trialToVerify';

/** What is wrong and why, without a full stop; and the one thing to do about it. */
export interface Explanation {
  readonly reason: string;
  readonly advice: string;
}

/** Instrumented events came from a variant that is meant to send none. */
export function explainUnexpected({ report, context }: TrialToVerify): Explanation {
  const types = Object.entries(report.eventsByType).filter(([type]) => instrumentedEventTypes.has(type));
  const listed = types.map(([type, events]) => `${type} ${events}`).join(', ');
  const value = context.insightsEnabledValue;
  return {
    reason: `It is meant to run without Insights but sent ${countInstrumented(report.eventsByType)} instrumented events (${listed}): Insights is on in it`,
    advice:
      value === null
        ? `Set ${insightsSwitch}=false in this variant: a stray .env or the app's settings turn it on.`
        : `The process was given ${insightsSwitch}=${value}, so the app changes it later: look for load_dotenv(override=True), read_env(overwrite=True) or honeybadger.configure(insights_enabled=True).`,
  };
}

/** Insights is meant to be on, requests were answered, and not one of their events arrived. The most certain cause first. */
export function explainNothing(trial: TrialToVerify, { expected }: Arrivals): Explanation {
  const { report, context } = trial;
  const nothing = `None of the ${expected.length} expected request events arrived`;
  if (report.foreignRequestEvents > 0) {
    return {
      reason: `${nothing}, but ${report.foreignRequestEvents} under other request ids: something replaces our X-Request-ID`,
      advice:
        'Let the app keep the X-Request-ID of the request (a request-id middleware or a proxy in front makes its own).',
    };
  }
  if (report.batches === 0 && report.failedHandshakes > 0) {
    return {
      reason: `${nothing}: ${report.failedHandshakes} TLS connections to the collector failed, so the app does not trust its certificate`,
      advice:
        'Let the app use SSL_CERT_FILE (truststore and contexts of its own ignore it), or measure with --endpoint local-http.',
    };
  }
  if (report.batches === 0 && report.foreignKeyPosts > 0) {
    return {
      reason: `${nothing}, but ${report.foreignKeyPosts} posts under another API key: the app puts a key of its own over the one it was given`,
      advice:
        'Let HONEYBADGER_API_KEY of the environment win: remove configure(api_key=…) or load_dotenv(override=True).',
    };
  }
  return explainSwitch(nothing, context) ?? explainWiring(nothing, trial);
}

/** Settings by which honeybadger sends nothing at all; null when none of them is to blame. */
function explainSwitch(nothing: string, context: VerificationContext): Explanation | null {
  const { insightsEnabledValue, debugValue, environmentValue } = context;
  if (insightsEnabledValue !== null && readSwitch(insightsEnabledValue) !== true) {
    return {
      reason: `${nothing}: ${insightsSwitch} is "${insightsEnabledValue}", which Honeybadger reads as off`,
      advice: `Set ${insightsSwitch}=true in this variant.`,
    };
  }
  if (context.apiKeyPresent === false) {
    return {
      reason: `${nothing}: there is no API key, so Honeybadger sends nothing`,
      advice: 'Set HONEYBADGER_API_KEY (any value will do for the local collector).',
    };
  }
  if (readSwitch(context.forceReportDataValue ?? undefined) === true) return null;
  const developmentEnvironments = ['development', 'dev', 'test'];
  const isDevelopment = developmentEnvironments.includes(environmentValue ?? '');
  if (!isTruthy(debugValue) && !isDevelopment) return null;
  const cause = isTruthy(debugValue) ? `DEBUG is "${debugValue}"` : `HONEYBADGER_ENVIRONMENT is "${environmentValue}"`;
  return {
    reason: `${nothing}: ${cause}, and in development Honeybadger throws all events away`,
    advice: 'Set HONEYBADGER_FORCE_REPORT_DATA=true in all variants.',
  };
}

/** Everything is switched on, so the package is not wired, or the process that sends is not there. */
function explainWiring(nothing: string, { report, context }: TrialToVerify): Explanation {
  const isHeard = report.batches > 0 || report.notices > 0;
  if (!isHeard && context.wasKilled) {
    return {
      reason: `${nothing}: the app was killed before it could send what it had collected`,
      advice: 'Let the app end by itself: do not force the stop.',
    };
  }
  if (!isHeard && context.package !== undefined && context.package !== 'loaded') {
    const isMissing = context.package === 'missing';
    return {
      reason: `${nothing}: ${isMissing ? "the app's Python does not have the honeybadger package" : 'the app does not import the honeybadger package'}`,
      advice: `${isMissing ? 'Install it (python -m pip install honeybadger). ' : ''}${wiringAdvice(context.framework)}`,
    };
  }
  if (report.batches === 0 && context.lostItsQueue) return explainLostQueue(nothing);
  // A notice goes its own way, by a thread of its own: that one came says nothing of the thread that sends events.
  if (report.batches === 0 && (context.isPreloading ?? hasPreloadWord(context.command))) {
    return {
      reason: `${nothing}: with preload Honeybadger's sending thread stays behind in the parent process, and the workers queue events for ever`,
      advice: 'Start the server without --preload (gunicorn.conf.py: preload_app = False).',
    };
  }
  if (report.batches === 0 && appServerOf(context.command ?? []) === 'uwsgi') {
    return {
      reason: `${nothing}: uWSGI loads the app before it forks its workers, in which Honeybadger's sending thread is not there then; and without --enable-threads no thread of Python runs in it`,
      advice: 'Start uWSGI with --lazy-apps and --enable-threads (lazy-apps = true, enable-threads = true).',
    };
  }
  if (report.batches === 0 && context.isReloading === true) return explainReloader(nothing, context);
  const heard = isHeard
    ? 'Honeybadger is loaded but does not see the requests'
    : 'Honeybadger does not seem to be wired into the app';
  const value = context.insightsEnabledValue === null ? `, and ${insightsSwitch} is not set` : '';
  return {
    reason: `${nothing}: ${heard}${value}`,
    advice:
      value === ''
        ? wiringAdvice(context.framework)
        : `Set ${insightsSwitch}=true in this variant. ${wiringAdvice(context.framework)}`,
  };
}

function hasPreloadWord(command: readonly string[] | undefined): boolean {
  return command?.some((word) => word === '--preload' || word === '--preload-app') ?? false;
}

/** The reloader's parent gets the SIGTERM and kills its child, in which the app runs, before that has sent its last events. */
function explainReloader(what: string, { framework }: VerificationContext): Explanation {
  const option =
    framework === 'django' ? '--noreload' : framework === 'flask' ? '--no-reload' : '--noreload/--no-reload';
  return {
    reason: `${what}: the server runs with its reloader, which kills the app at the end before it can send what it had queued`,
    advice: `Start the server without the reloader (${option}), best with gunicorn.`,
  };
}

function explainLostQueue(what: string): Explanation {
  return {
    reason: `${what}: the server ended by its signal without Python's exit hooks, in which Honeybadger sends what it has queued`,
    advice:
      'Start it by the command "uvicorn" itself, so that its last flush is waited for (HONEYBADGER_EVENTS_TIMEOUT at most 30), or with gunicorn.',
  };
}

function wiringAdvice(framework: VerificationContext['framework']): string {
  const django = "put 'honeybadger.contrib.DjangoHoneybadgerMiddleware' first in MIDDLEWARE";
  const flask =
    'add `from honeybadger.contrib import FlaskHoneybadger` and `FlaskHoneybadger(app, report_exceptions=True)`';
  switch (framework) {
    case 'django':
      return `In settings, ${django}.`;
    case 'flask':
      return `Where the app is made, ${flask}.`;
    case 'unknown':
      return `Django: ${django}. Flask: ${flask}. ASGI: wrap it, \`app = ASGIHoneybadger(app)\` (from honeybadger.contrib).`;
    default:
      return assertNever(framework);
  }
}

/** Some arrived, some did not. What is missing tells the cause. */
export function explainMissing(trial: TrialToVerify, arrivals: Arrivals): Explanation {
  const { report, context, sampleRate } = trial;
  const { expected, missing } = arrivals;
  const some = `${missing.length} of ${expected.length} expected request events are missing`;
  const rate = lowerSampleRate(trial.requestIdPrefix, arrivals);
  if (rate !== null) {
    return {
      reason: `${some}: exactly those that a sample rate of about ${rate} % leaves out, not ${sampleRate} %`,
      advice: `Set HONEYBADGER_EVENTS_SAMPLE_RATE explicitly in this variant: the app's settings say about ${rate}.`,
    };
  }
  if (isTruthy(context.debugValue) && context.framework === 'flask' && report.notices > 0) {
    return {
      reason: `${some}: with DEBUG on, Flask lets unhandled exceptions through, and Honeybadger sends no event for such a request`,
      advice: 'Set DEBUG to false in the env files.',
    };
  }
  const hasDrops =
    (context.droppedByApp ?? 0) > 0 || report.largestBatchEvents >= (context.queueLimit ?? defaultQueueSize);
  if (hasDrops || (context.kind === 'capacity' && !context.wasKilled)) {
    return {
      reason: `${some}: ${hasDrops ? '' : 'most likely '}the app's queue of ${formatCount(context.queueLimit ?? defaultQueueSize)} events was full and the newest were dropped, so the cost of Insights is underestimated here`,
      advice: 'Raise HONEYBADGER_EVENTS_MAX_QUEUE_SIZE in all variants.',
    };
  }
  if (report.malformed > 0) {
    return {
      reason: `${some}: the collector could not read ${report.malformed} batches or lines`,
      advice: 'Look at what the app gives to honeybadger.event(): each event must be an object that JSON can carry.',
    };
  }
  if (context.isReloading === true) return explainReloader(some, context);
  if (context.wasKilled) {
    return {
      reason: `${some}: the app was killed before its last flush`,
      advice: 'Let the app end by itself: do not force the stop.',
    };
  }
  if (context.lostItsQueue && isAtTheEnd(arrivals)) return explainLostQueue(some);
  if (isAtTheEnd(arrivals)) {
    return {
      reason: `${some}, all from the second half: a worker ended without its last flush, most likely`,
      advice:
        "Give the server's workers time to end (gunicorn: a longer --graceful-timeout), and look for crashes in the log.",
    };
  }
  return {
    reason: `${some}, from the whole trial: requests that are answered before Honeybadger sees them, or events that are thrown away`,
    advice:
      context.framework === 'django'
        ? 'Put DjangoHoneybadgerMiddleware first in MIDDLEWARE, and look for a before_event hook or workers that are replaced (--max-requests).'
        : 'Look for a before_event hook, a full queue (HONEYBADGER_EVENTS_MAX_QUEUE_SIZE) or workers that are replaced (--max-requests).',
  };
}

/** Events were dropped, but no request's own: those of its queries, or the app's. */
export function explainDropped(dropped: number): Explanation {
  return {
    reason: `The app's log says that ${formatCount(dropped)} events were dropped because its queue was full, so the cost of Insights is underestimated here`,
    advice: 'Raise HONEYBADGER_EVENTS_MAX_QUEUE_SIZE in all variants.',
  };
}

/** Fewer than this may be told apart from the others by their hashes by mere chance. */
const minimumForRate = 4;

/** The rate that explains what is missing: every request that arrived hashes below it, every missing one at or above it. */
function lowerSampleRate(prefix: string, { received, missing }: Arrivals): number | null {
  if (missing.length < minimumForRate || received.length < minimumForRate) return null;
  const places = (numbers: readonly number[]) => numbers.map((n) => samplingPercentile(`${prefix}-${n}`));
  const highestReceived = places(received).reduce((high, place) => Math.max(high, place), 0);
  const lowestMissing = places(missing).reduce((low, place) => Math.min(low, place), 100);
  return highestReceived < lowestMissing ? lowestMissing : null;
}

function isAtTheEnd({ expected, missing }: Arrivals): boolean {
  const middle = expected[Math.floor(expected.length / 2)] ?? 0;
  return (missing[0] ?? 0) >= middle;
}

function isTruthy(value: string | null): boolean {
  return value !== null && !['', '0', 'false', 'f', 'no', 'n', 'off'].includes(value.trim().toLowerCase());
}
