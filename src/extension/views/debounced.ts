/** Calls `action` once the calls have been silent for `quietMs`, and not after `dispose`. */
export function debounced(
  quietMs: number,
  action: () => void,
): { readonly call: () => void; readonly dispose: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    call: () => {
      clearTimeout(timer);
      timer = setTimeout(action, quietMs);
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}
