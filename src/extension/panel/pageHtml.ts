import { randomBytes } from 'node:crypto';

export interface PageParts {
  /** The page's script, as the webview may load it. */
  readonly scriptUri: string;
  /** `Webview.cspSource`. */
  readonly cspSource: string;
  /** A new one for each document. */
  readonly nonce: string;
}

/**
 * The document of a page in the editor: one script by its nonce, nothing else is loaded and nothing is reached. Styles come from the
 * script's own sheet; `cspSource` is for those that the editor adds.
 */
export function pageHtml({ scriptUri, cspSource, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    'img-src data:',
    "font-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Insights comparison</title>',
    '</head>',
    '<body>',
    '<div id="page"></div>',
    `<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** 128 random bits, as a policy wants them. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
