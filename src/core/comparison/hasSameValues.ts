type Values = Readonly<Record<string, string>>;

/** Whether two environments hold the very same variables. */
export function hasSameValues(one: Values, other: Values): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
