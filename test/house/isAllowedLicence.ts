/** Licences whose terms a bundle under MIT meets by carrying their texts. Names as in the SPDX list. */
const allowed: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MPL-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'Unlicense',
  // Permissive as well: Boost (parts of @stdlib) and zlib (pako).
  'BSL-1.0',
  'Zlib',
]);

/** Whether an SPDX expression of names, AND, OR and parentheses can be met with the allowed licences. */
export function isAllowedLicence(expression: string): boolean {
  const inner = /\(([^()]*)\)/.exec(expression);
  if (inner !== null)
    return isAllowedLicence(expression.replace(inner[0], isAllowedLicence(inner[1] ?? '') ? 'MIT' : 'refused'));
  // AND binds tighter than OR.
  return expression.split(' OR ').some((part) => part.split(' AND ').every((name) => allowed.has(name.trim())));
}
