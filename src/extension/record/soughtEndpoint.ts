/** An endpoint that a page is to be opened at: left here by whoever opens it, taken by the page when it next shows its record. */
const sought = new Map<string, string>();
const listeners = new Set<(recordPath: string) => void>();

/** Pages of that record that are open already are told too. */
export function seekEndpoint(recordPath: string, endpoint: string): void {
  sought.set(recordPath, endpoint);
  for (const listener of listeners) listener(recordPath);
}

/** What is sought in a record, once; null: nothing. */
export function takeSought(recordPath: string): string | null {
  const endpoint = sought.get(recordPath) ?? null;
  sought.delete(recordPath);
  return endpoint;
}

/** Returns what ends the listening. */
export function onSought(listener: (recordPath: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
