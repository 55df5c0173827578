/** A planned length as people say it, in halves where they matter: `45 s`, `2½ min`, `12 min`, `1½ h`. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(5, Math.round(seconds / 5) * 5)} s`;
  const minutes = seconds / 60;
  if (minutes < 9.75) return `${halves(minutes)} min`;
  if (minutes < 89.5) return `${Math.round(minutes)} min`;
  return `${halves(minutes / 60)} h`;
}

function halves(value: number): string {
  const rounded = Math.round(value * 2) / 2;
  return `${Math.floor(rounded)}${rounded % 1 === 0 ? '' : '½'}`;
}
