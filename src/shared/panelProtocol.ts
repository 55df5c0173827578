import * as z from 'zod';
import type { RunEvent } from './events';
import type { LiveRun } from './liveRun';
import type { ComparisonRecord } from './record';
import type { PackedSeries } from './series';

/**
 * What the extension host tells a page. The host keeps the truth: messages to a hidden page are lost, so a page that was
 * (re)loaded or shown again says `ready` and gets everything anew by `live` or `record`; `events` only ever follow a `live`.
 */
export type HostMessage =
  | { readonly type: 'live'; readonly run: LiveRun }
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  | {
      readonly type: 'record';
      readonly record: ComparisonRecord;
      readonly series: readonly PackedSeries[];
      /** Kept by the page as its state, so that a reloaded window can show the same record again. */
      readonly recordPath: string;
      readonly actions: RecordActions;
      /** An endpoint to be led to, once per `id`; null: the page's top, or where the reader is. */
      readonly sought: SoughtEndpoint | null;
    }
  /** Nothing can be shown: why, and what to do. */
  | { readonly type: 'problem'; readonly message: string; readonly hint: string | null };

export interface SoughtEndpoint {
  readonly endpoint: string;
  readonly id: number;
}

export interface RecordActions {
  /** False in a folder that is not trusted, and while another run is on. */
  readonly canRunAgain: boolean;
  /** Why not, in words; null when it can. */
  readonly whyNot: string | null;
}

/**
 * All that a page can ask for. None of them carries a path, a command or text to be shown: whatever else is sent is not one
 * of ours and is dropped.
 */
export const pageMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** Of a live run: end it gracefully; do not wait for the app's exit any longer. */
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('force') }),
  /** Of a live run that has ended without a record to show, and of a record. */
  z.strictObject({ type: z.literal('runAgain') }),
  z.strictObject({ type: z.literal('showLog') }),
  /** The result of one of the targets of a live run: `index` into `LiveRun.results`. */
  z.strictObject({ type: z.literal('openResult'), index: z.int().min(0) }),
  /** Of a record. */
  z.strictObject({ type: z.literal('exportReport') }),
  z.strictObject({ type: z.literal('copyMarkdown') }),
  z.strictObject({ type: z.literal('copyCli') }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;

/** What a page keeps over a reload of the window (`setState`): read back from outside, so it is checked. */
export const pageStateSchema = z.object({ recordPath: z.string().nullable() });
export type PageState = z.infer<typeof pageStateSchema>;
