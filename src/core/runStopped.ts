/** The reason of the signal that ends a run before its plan has: whoever ends it says in words why. Without one it was the user. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
}

/** Why a run was ended, as its record tells it. */
export function stopWords(signal: AbortSignal): string {
  return signal.reason instanceof RunStopped ? signal.reason.message : 'stopped by the user';
}
