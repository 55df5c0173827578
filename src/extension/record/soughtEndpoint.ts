import type { SoughtEndpoint } from '../../shared/panelProtocol';

/** By record, the endpoint that its page was last opened at. A page is told of it again and again, and led there once: messages may be lost. */
const sought = new Map<string, SoughtEndpoint>();
const listeners = new Set<(recordPath: string) => void>();
let lastId = 0;

/** Pages of that record that are open already are told too. */
export function seekEndpoint(recordPath: string, endpoint: string): void {
  lastId += 1;
  sought.set(recordPath, { endpoint, id: lastId });
  for (const listener of listeners) listener(recordPath);
}

/** Null: nothing is sought in that record, or no longer. */
export function soughtIn(recordPath: string): SoughtEndpoint | null {
  return sought.get(recordPath) ?? null;
}

/** The page was left: when it is shown again it begins at its top. */
export function forgetSought(recordPath: string): void {
  sought.delete(recordPath);
}

/** Returns what ends the listening. */
export function onSought(listener: (recordPath: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
