import type { Warning } from '../../shared/record';
import type { CollectorReport } from './collectorReport';

/** The largest body that Honeybadger's API documents for /v1/events (docs.honeybadger.io/api/reporting-events); more may be answered 413. */
const documentedBatchBytes = 102_400;

/** What the collector got from one variant, over all its trials. */
export interface VariantReports {
  readonly variant: string;
  readonly reports: readonly CollectorReport[];
}

/** What is worth telling about the events beside their number: at most one warning of each kind, naming the variants concerned. */
export function collectorFindings(variants: readonly VariantReports[]): Warning[] {
  return [largeBatches(variants), duplicates(variants), malformed(variants)].filter((warning) => warning !== null);
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
