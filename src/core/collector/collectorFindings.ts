import { defaultQueueSize } from '../../shared/outageScale';
import type { Warning } from '../../shared/record';
import { formatCount } from '../../shared/words/formatNumber';
import type { CollectorReport } from './collectorReport';

/** The largest body that Honeybadger's API documents for /v1/events (docs.honeybadger.io/api/reporting-events); more may be answered 413. */
const documentedBatchBytes = 102_400;
/** A queue that was filled this far once is full when the load doubles. */
const nearQueueLimit = 0.5;

/** What the collector got from one variant, over all its trials. */
export interface VariantReports {
  readonly variant: string;
  readonly reports: readonly CollectorReport[];
  /** Events that its queue may hold; left out: honeybadger's default. */
  readonly queueLimit?: number;
}

/** What is worth telling about the events beside their number: at most one warning of each kind, naming the variants concerned. */
export function collectorFindings(variants: readonly VariantReports[]): Warning[] {
  return [
    largeBatches(variants),
    nearlyFullQueue(variants),
    queriesSentTwice(variants),
    duplicates(variants),
    withoutRequestIds(variants),
    malformed(variants),
  ].filter((warning) => warning !== null);
}

/** A flush sends the whole queue of one process: the largest batch is how full its queue was. */
function nearlyFullQueue(variants: readonly VariantReports[]): Warning | null {
  const concerned = variants.flatMap(({ variant, reports, queueLimit = defaultQueueSize }) => {
    const events = reports.reduce((most, report) => Math.max(most, report.largestBatchEvents), 0);
    return events >= nearQueueLimit * queueLimit ? [{ variant, events, queueLimit }] : [];
  });
  if (concerned.length === 0) return null;
  const list = concerned.map(
    ({ variant, events, queueLimit }) =>
      `${variant} ${formatCount(events)} of ${formatCount(queueLimit)}, ${Math.round((events / queueLimit) * 100)} %`,
  );
  return {
    code: 'queue_near_limit',
    message: `Honeybadger's queue of events was filled more than half between two flushes (${list.join('; ')}): when it is full, events are dropped and Insights seems to cost less than it does`,
    advice: 'Raise HONEYBADGER_EVENTS_MAX_QUEUE_SIZE, or lower HONEYBADGER_EVENTS_TIMEOUT (5 s).',
  };
}

/** honeybadger's Django middleware wraps the cursor although the Celery integration has done so already. */
function queriesSentTwice(variants: readonly VariantReports[]): Warning | null {
  const concerned = variants.flatMap(({ variant, reports }) => {
    const twice = reports.reduce((sum, report) => sum + report.repeatedQueries, 0);
    const events = reports.reduce((sum, report) => sum + (report.eventsByType['db.query'] ?? 0), 0);
    return twice > 0 ? [{ variant, twice, queries: events - twice }] : [];
  });
  if (concerned.length === 0) return null;
  const isEach = concerned.every(({ twice, queries }) => twice >= 0.98 * queries);
  const list = concerned.map(
    ({ variant, twice, queries }) => `${variant}: ${formatCount(twice)} of ${formatCount(queries)}`,
  );
  return {
    code: 'queries_sent_twice',
    message: `${isEach ? 'Each query is' : 'Queries are'} matched and sent twice (${list.join('; ')}): Honeybadger's integrations each wrap the execution of queries, and both report it`,
    advice:
      "Use one of them in the web process: with Django and Celery, make CeleryHoneybadger in the worker only (celery's worker_init signal). It is part of what Insights costs as the app is wired now.",
  };
}

/** The ASGI middleware gives its events no request id (asgi.py of honeybadger 1.3.0): they can be counted, not matched. */
function withoutRequestIds(variants: readonly VariantReports[]): Warning | null {
  const concerned = measure(variants, (report) => report.eventsByType['asgi.request'] ?? 0, 'sum').filter(
    ({ value }) => value > 0,
  );
  if (concerned.length === 0) return null;
  return {
    code: 'asgi_without_request_ids',
    message: `Events of ASGI requests carry no request id (${list(concerned)}): they were counted, but it could not be checked that each request's event arrived`,
    advice: 'Compare events_per_request with what you expect: one asgi.request for each request.',
  };
}

function largeBatches(variants: readonly VariantReports[]): Warning | null {
  const concerned = measure(variants, (report) => report.largestBatchBytes, 'largest').filter(
    ({ value }) => value > documentedBatchBytes,
  );
  if (concerned.length === 0) return null;
  const list = concerned.map(({ variant, value }) => `${variant} up to ${kilobytes(value)} KB`).join(', ');
  return {
    code: 'large_batches',
    message: `Batches of events were larger than the 102 KB that Honeybadger's API documents (${list}): a flush sends the whole queue at once`,
    advice:
      'Lower HONEYBADGER_EVENTS_TIMEOUT (5 s) so that less is queued between two flushes, and watch for 413 answers in production.',
  };
}

function duplicates(variants: readonly VariantReports[]): Warning | null {
  const concerned = measure(variants, (report) => report.duplicates, 'sum').filter(({ value }) => value > 0);
  if (concerned.length === 0) return null;
  return {
    code: 'duplicate_events',
    message: `Request events arrived more than once for the same request (${list(concerned)})`,
    advice:
      "Wire Honeybadger's integration only once; batches that are sent again after an error, and requests that were, count here too.",
  };
}

function malformed(variants: readonly VariantReports[]): Warning | null {
  const concerned = measure(variants, (report) => report.malformed, 'sum').filter(({ value }) => value > 0);
  if (concerned.length === 0) return null;
  return {
    code: 'malformed_events',
    message: `Batches or lines could not be read as events (${list(concerned)})`,
    advice: 'Look at what the app gives to honeybadger.event(): each event must be an object that JSON can carry.',
  };
}

function measure(
  variants: readonly VariantReports[],
  of: (report: CollectorReport) => number,
  how: 'sum' | 'largest',
): { readonly variant: string; readonly value: number }[] {
  return variants.map(({ variant, reports }) => ({
    variant,
    value: reports.map(of).reduce((one, other) => (how === 'sum' ? one + other : Math.max(one, other)), 0),
  }));
}

function list(concerned: readonly { readonly variant: string; readonly value: number }[]): string {
  return concerned.map(({ variant, value }) => `${variant} ${value}`).join(', ');
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000);
}
