/** Colours of the codes that our tables use (SGR), as a dark terminal shows them. */
const styles: Readonly<Record<string, string>> = {
  '1': 'font-weight:700',
  '2': 'opacity:.65',
  '31': 'color:#ff7b72',
  '32': 'color:#7ee787',
  '33': 'color:#e3b341',
  '34': 'color:#79c0ff',
  '36': 'color:#56d4dd',
  '90': 'color:#8b949e',
};

/** A terminal's text with its colours as an HTML page, the command above it. */
export function terminalPage(command: string, text: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #fff; }
    main { display: inline-block; padding: 18px 22px; background: #0d1117; color: #e6edf3; border-radius: 8px;
      font: 13px/1.45 'DejaVu Sans Mono', 'Liberation Mono', monospace; white-space: pre; }
    </style><main><span style="color:#8b949e">$ ${escaped(command)}</span>\n\n${coloured(text.trimEnd())}</main>`;
}

function coloured(text: string): string {
  const open = new Set<string>();

  return text.split(/\u001b\[([\d;]*)m/).reduce((html, part, index) => {
    if (index % 2 === 0) {
      const style = [...open].map((code) => styles[code] ?? '').join(';');
      return html + (style === '' || part === '' ? escaped(part) : `<span style="${style}">${escaped(part)}</span>`);
    }
    for (const code of part.split(';')) follow(open, code);
    return html;
  }, '');
}

/** 22 ends bold and dim, 39 a colour, 0 all. */
function follow(open: Set<string>, code: string): void {
  const ended = (isIt: (known: string) => boolean): void => {
    for (const known of [...open]) if (isIt(known)) open.delete(known);
  };
  if (code === '' || code === '0') open.clear();
  else if (code === '22') ended((known) => known.length === 1);
  else if (code === '39') ended((known) => known.length === 2);
  else open.add(code);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
