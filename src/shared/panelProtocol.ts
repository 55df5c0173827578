import * as z from 'zod';
import type { RunEvent } from './events';
import type { LiveRun } from './liveRun';
import type { ComparisonRecord } from './record';
import type { PackedSeries } from './series';
import type { RecordHistory } from './trend';

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
  /** Answers to `readHistory` and `readLog`; the history once more when a run came, went or was pinned. */
  | { readonly type: 'history'; readonly recordPath: string; readonly history: RecordHistory }
  | { readonly type: 'log'; readonly recordPath: string; readonly log: TrialLogText }
  /** *Freeze charts*, or let them go on. */
  | { readonly type: 'freeze' }
  /** Nothing can be shown: why, and what to do. */
  | { readonly type: 'problem'; readonly message: string; readonly hint: string | null };

/** What the app and its companions wrote in one trial. */
export interface TrialLogText {
  readonly position: number;
  /** The end of it, where it is long; null: the file is not there. */
  readonly text: string | null;
  /** Bytes that stand before `text` in the file. */
  readonly leftOutBytes: number;
}

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
  /** Of a record, the code of one of its endpoints: the host knows where that is. */
  z.strictObject({ type: z.literal('openCode'), endpoint: z.string() }),
  z.strictObject({ type: z.literal('readHistory') }),
  /** Of the trial at that place in the order of all trials. */
  z.strictObject({ type: z.literal('readLog'), position: z.int().min(0) }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;

/** What a page keeps over a reload of the window (`setState`): read back from outside, so it is checked. */
export const pageStateSchema = z.object({
  recordPath: z.string().nullable(),
  /** Of a record, the tab that was open. */
  tab: z.string().optional(),
});
export type PageState = z.infer<typeof pageStateSchema>;
