import * as z from 'zod';
import { outageModes } from '../../shared/outage';

const mode = z.enum(['healthy', ...outageModes]);

const placeSchema = z.object({ host: z.string(), port: z.int(), url: z.string() });
/** Where the collector listens for an app elsewhere, and how that app calls it. */
export type CollectorPlace = z.infer<typeof placeSchema>;

/** What the engine may ask of the collector process. `start` comes first, once. */
export const collectorRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), isSecure: z.boolean(), place: placeSchema.nullable() }),
  z.object({ type: z.literal('open'), apiKey: z.string(), requestIdPrefix: z.string(), mode }),
  z.object({ type: z.literal('report'), apiKey: z.string() }),
  z.object({ type: z.literal('settle'), apiKey: z.string() }),
  z.object({ type: z.literal('late') }),
  z.object({ type: z.literal('cpu') }),
]);
export type CollectorRequest = z.infer<typeof collectorRequestSchema>;

/** A request over IPC, with the number that its reply will carry. */
export const collectorCallSchema = z.object({ call: z.int(), request: collectorRequestSchema });

/** The reply to one call: a value whose shape the request decides, or why it could not be done. */
export const collectorReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), call: z.int(), value: z.unknown().optional() }),
  z.object({ type: z.literal('refused'), call: z.int(), reason: z.string() }),
]);
export type CollectorReply = z.infer<typeof collectorReplySchema>;

export const startedSchema = z.object({
  endpoint: z.string(),
  refusingEndpoint: z.string(),
  certificateAuthorityPem: z.string().nullable(),
});
export type Started = z.infer<typeof startedSchema>;

/** Events and notices that came late, by API key; keys without any are left out. */
export const lateSchema = z.record(z.string(), z.number());

export const collectorReportSchema = z.object({
  batches: z.number(),
  bytes: z.number(),
  noticeBytes: z.number(),
  largestBatchBytes: z.number(),
  largestBatchEvents: z.number(),
  notices: z.number(),
  eventsByType: z.record(z.string(), z.number()),
  requestNumbers: z.array(z.number()),
  duplicates: z.number(),
  repeatedQueries: z.number(),
  late: z.number(),
  foreignRequestEvents: z.number(),
  malformed: z.number(),
  refused: z.number(),
  refusedBytes: z.number(),
  failedHandshakes: z.number(),
  foreignKeyPosts: z.number(),
  flushesAtMs: z.array(z.number()),
});
