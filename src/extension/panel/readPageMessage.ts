import { pageMessageSchema, type PageMessage } from '../../shared/panelProtocol';

/** A page's message when it is one of ours, to the letter; null for everything else. */
export function readPageMessage(value: unknown): PageMessage | null {
  const parsed = pageMessageSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
