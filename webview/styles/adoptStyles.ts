import { charts } from './charts';
import { details } from './details';
import { layout } from './layout';
import { palette } from './palette';
import { tables } from './tables';

/** Gives the document the page's style sheets as constructed ones: a strict content policy allows them without a nonce. */
export function adoptStyles(document: Document): void {
  const sheets = [palette, layout, tables, charts, details]
    .map((style) => style.styleSheet)
    .filter((sheet) => sheet !== undefined);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets];
}
