/** Where a function or class stands in a text now, from 0; `line` is where it stood when it was measured, from 1. Null: it has gone. */
export function findCode(
  text: string,
  { name, line }: { readonly name: string; readonly line: number },
): number | null {
  if (!/^\w+$/.test(name)) return null;
  const definition = new RegExp(String.raw`^\s*(?:async\s+def|def|class)\s+${name}\b`);
  const lines = text.split(/\r\n|\r|\n/);
  const places = lines.flatMap((each, index) => (definition.test(each) ? [firstDecorator(lines, index)] : []));
  const wanted = line - 1;
  const [nearest] = places.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return nearest ?? null;
}

/** The line of the first decorator right above a definition; one that is written over several lines ends the search. */
function firstDecorator(lines: readonly string[], definition: number): number {
  let first = definition;
  while (/^\s*@/.test(lines[first - 1] ?? '')) first -= 1;
  return first;
}
