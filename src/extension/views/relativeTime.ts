const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `just now`, `2 min ago`, `3 h ago`, `yesterday`, `5 days ago`; before the last week the local date: `2026-11-03`. */
export function relativeTime(atMs: number, nowMs: number): string {
  // A clock that was set back must not make runs of the future.
  const age = Math.max(0, nowMs - atMs);
  if (age < minuteMs) return 'just now';
  if (age < hourMs) return `${Math.floor(age / minuteMs)} min ago`;
  if (age < dayMs) return `${Math.floor(age / hourMs)} h ago`;
  if (age < 2 * dayMs) return 'yesterday';
  if (age < 7 * dayMs) return `${Math.floor(age / dayMs)} days ago`;
  return localDate(new Date(atMs));
}

/** `2026-11-03`, as the user's calendar has it. */
export function localDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
