const unseen = /^<(style|script|head)\b/i;

/** The beginning of what an answer says. Of a page it is the text, without markup and style sheets, on one line. */
export function bodyExcerpt(body: string, characters: number): string {
  return body.trimStart().startsWith('<') ? textOf(body).slice(0, characters) : body.slice(0, characters);
}

/** What stands between the tags, but for elements that no reader sees. Reads the page once, however it is written. */
function textOf(page: string): string {
  const lower = page.toLowerCase();
  let text = '';
  let at = 0;
  while (at < page.length) {
    const tag = page.indexOf('<', at);
    if (tag === -1) return tidied(text + page.slice(at));
    text += `${page.slice(at, tag)} `;
    const name = unseen.exec(page.slice(tag, tag + 10))?.[1]?.toLowerCase();
    const end = name === undefined ? tag : lower.indexOf(`</${name}`, tag);
    const close = end === -1 ? -1 : page.indexOf('>', end);
    if (close === -1) return tidied(text);
    at = close + 1;
  }
  return tidied(text);
}

function tidied(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
