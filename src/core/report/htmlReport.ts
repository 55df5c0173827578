import { createHash } from 'node:crypto';
import type { ComparisonRecord } from '../../shared/record';
import { packSeries, type TrialSeries } from '../../shared/series';

/**
 * The whole result page as one offline file: record and series as JSON, the page script inline, nothing loaded.
 * `page.script` is the bundled `webview/report.ts`. The policy allows that one script by its hash and nothing else:
 * no connection, no frame, no style element (the script adopts its own sheet).
 */
export function htmlReport(record: ComparisonRecord, series: readonly TrialSeries[], page: { script: string }): string {
  const script = inlineScript(page.script);
  const hash = createHash('sha256').update(script, 'utf8').digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const title = `${record.plan.target} · ${record.plan.scenario.name} · Insights comparison`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(title)}</title>`,
    '</head>',
    '<body>',
    `<noscript><p>${escapeHtml(record.sentence)}</p><p>The tables and charts of this report need JavaScript; nothing is loaded from a network.</p></noscript>`,
    '<div id="page"></div>',
    `<script type="application/json" id="insights-comparison-data">${embeddedJson({ record, series: series.map(packSeries) })}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** JSON that cannot end its script element, open a comment, or hold a line end that old parsers stumble over. */
function embeddedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** The same program with no `<!--`, `<script` or `</script` in it; in strings, templates and patterns \x3C is `<`. */
function inlineScript(script: string): string {
  return script
    .replace(/^\/\/# sourceMappingURL=.*$/gm, '')
    .replace(/<(?=!--|\/?script)/gi, '\\x3C')
    .trim();
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
