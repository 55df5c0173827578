/**
 * How many columns text takes in a terminal: wide and full-width characters and emoji two, combining marks,
 * joiners and escape sequences none (Unicode Standard Annex 11; the common ranges).
 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(stripAnsi(text))) width += clusterWidth(segment);
  return width;
}

/** The text cut to `columns`, with an ellipsis where something is missing. Escape sequences are dropped when it must be cut. */
export function truncateToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(stripAnsi(text))) {
    const next = clusterWidth(segment);
    if (width + next > columns - 1) break;
    kept += segment;
    width += next;
  }
  return columns < 1 ? '' : `${kept}…`;
}

/** Spaces behind (`start`) or before (`end`) the text, up to `columns`. */
export function padToWidth(text: string, columns: number, align: 'start' | 'end' = 'start'): string {
  const spaces = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return align === 'start' ? text + spaces : spaces + text;
}

/** Lines of at most `columns`, broken at spaces; a longer word is cut. */
export function wrapToWidth(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (displayWidth(line) > columns) {
      const cut = headOfWidth(line, columns);
      lines.push(cut);
      line = line.slice(cut.length);
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Text from outside (a process's name, an endpoint) without control characters: it cannot move the cursor or ring. */
export function withoutControls(text: string): string {
  return stripAnsi(text).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function headOfWidth(text: string, columns: number): string {
  let head = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = clusterWidth(segment);
    if (width + next > columns && head !== '') break;
    head += segment;
    width += next;
  }
  return head;
}

function stripAnsi(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '');
}

function clusterWidth(cluster: string): number {
  const point = cluster.codePointAt(0) ?? 0;
  if (point < 32 || (point >= 0x7f && point < 0xa0) || /^[\p{Mark}\u200b-\u200f\u2060\ufeff]/u.test(cluster)) return 0;
  return /^\p{Emoji_Presentation}/u.test(cluster) || cluster.includes('\ufe0f') || isWide(point) ? 2 : 1;
}

function isWide(point: number): boolean {
  return (
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2e80 && point <= 0x303e) ||
    (point >= 0x3041 && point <= 0xa4cf) ||
    (point >= 0xa960 && point <= 0xa97c) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff01 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x1f300 && point <= 0x1faff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  );
}
