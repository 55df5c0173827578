import type { CSSResult } from 'lit';
import { charts } from './charts';
import { controls } from './controls';
import { details } from './details';
import { layout } from './layout';
import { live } from './live';
import { palette } from './palette';
import { tables } from './tables';

/** Gives the document the page's style sheets as constructed ones: a strict content policy allows them without a nonce. */
export function adoptStyles(document: Document): void {
  adopt(document, [palette, layout, tables, charts, details]);
}

/** The same, and those of the page inside the editor. */
export function adoptPanelStyles(document: Document): void {
  adopt(document, [palette, layout, tables, charts, details, controls, live]);
}

function adopt(document: Document, styles: readonly CSSResult[]): void {
  const sheets = styles.map((style) => style.styleSheet).filter((sheet) => sheet !== undefined);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets];
}
