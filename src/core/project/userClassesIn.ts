const classHead = /^class[ \t]+(\w+)[ \t]*\(([^)]*)\)[ \t]*:/gm;
const abstractLine = /^[ \t]+abstract[ \t]*=[ \t]*True\b/m;

/**
 * The names of the user classes in the text of a Locust file, in their order. Nothing of it is run: a class counts when it derives, perhaps
 * through others of the file, from one whose name ends with `User`. Abstract ones are left out, as Locust does; those of other files are not seen.
 */
export function userClassesIn(text: string): readonly string[] {
  const heads = [...text.matchAll(classHead)];
  const users = new Set<string>();
  const abstract = new Set<string>();
  heads.forEach((head, index) => {
    const [, name = '', bases = ''] = head;
    const names = bases.split(',').map((base) => base.trim().split('.').at(-1) ?? '');
    if (!names.some((base) => base.endsWith('User') || users.has(base))) return;
    users.add(name);
    const body = text.slice(head.index + head[0].length, heads[index + 1]?.index);
    const end = body.search(/^\S/m);
    if (abstractLine.test(end === -1 ? body : body.slice(0, end))) abstract.add(name);
  });
  return [...users].filter((name) => !abstract.has(name));
}
