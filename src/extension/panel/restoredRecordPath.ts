import path from 'node:path';
import { isInside } from '../../core/isInside';
import { pageStateSchema } from '../../shared/panelProtocol';

/**
 * The record that a page kept in its state, when it is one that we show: absolute, by its name a record, and inside one of the results
 * folders. The state comes from outside, so everything else is null. `recordPath: null` was a live view: then the record of the run that
 * the reload interrupted stands in.
 */
export function restoredRecordPath(
  state: unknown,
  options: { readonly resultsFolders: readonly string[]; readonly interrupted: string | null },
): string | null {
  const parsed = pageStateSchema.safeParse(state);
  const kept = parsed.success ? parsed.data.recordPath : null;
  if (kept === null) return options.interrupted;
  const isOurs =
    path.isAbsolute(kept) &&
    kept.endsWith('.insights.json') &&
    options.resultsFolders.some((folder) => isInside(kept, folder));
  return isOurs ? path.normalize(kept) : null;
}
