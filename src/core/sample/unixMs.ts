/** Now, in ms since 1970, by a clock that never jumps within this process: differences are durations. */
export function unixMs(): number {
  return performance.timeOrigin + performance.now();
}
