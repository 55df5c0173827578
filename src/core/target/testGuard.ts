import type { Guard } from './processes';

/** A guard for tests that only writes down what it is told. */
export function createTestGuard(): Guard & { readonly watched: Set<number> } {
  const watched = new Set<number>();
  return {
    tag: `test-${process.pid}-${Date.now()}`,
    watched,
    watchGroup: (pgid) => void watched.add(pgid),
    releaseGroup: (pgid) => void watched.delete(pgid),
    watchFolder: () => undefined,
    releaseFolder: () => undefined,
    watchStop: () => undefined,
    releaseStop: () => undefined,
    onReplaced: () => undefined,
    close: () => Promise.resolve(),
  };
}
