import type { ComparisonRecord } from '../src/shared/record';
import { type PackedSeries, type TrialSeries, unpackSeries } from '../src/shared/series';

/** What a report page is made from. */
export interface PageData {
  readonly record: ComparisonRecord;
  readonly series: readonly TrialSeries[];
}

const dataElementId = 'insights-comparison-data';

/** Whether the page is an exported one. */
export function hasPageData(document: Document): boolean {
  return document.getElementById(dataElementId) !== null;
}

/**
 * Reads what the report writer embedded. The writer validated the record against the same build's schema, so here only the
 * outline is checked; a page without data throws.
 */
export function readPageData(document: Document): PageData {
  const text = document.getElementById(dataElementId)?.textContent ?? '';
  const data: unknown = JSON.parse(text);
  if (!isEmbedded(data)) throw new Error('The page holds no comparison record.');
  return { record: data.record, series: data.series.map(unpackSeries) };
}

function isEmbedded(
  data: unknown,
): data is { readonly record: ComparisonRecord; readonly series: readonly PackedSeries[] } {
  return (
    typeof data === 'object' && data !== null && 'record' in data && 'series' in data && Array.isArray(data.series)
  );
}
