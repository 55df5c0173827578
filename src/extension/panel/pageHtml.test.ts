import { describe, expect, test } from 'vitest';
import { createNonce, pageHtml } from './pageHtml';

const parts = { scriptUri: 'https://host/panel.js?a=1&b="2"', cspSource: "https://*.host 'self'", nonce: 'bm9uY2U=' };

describe('the document of a page', () => {
  const html = pageHtml(parts);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

  test('allows one script by its nonce, the editor’s styles, and nothing from a network', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'nonce-bm9uY2U='",
      "style-src https://*.host 'self'",
      'img-src data:',
      "font-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(policy).not.toMatch(/unsafe/);
  });

  test('loads that script alone, and holds no inline one', () => {
    expect(html.match(/<script[^>]*>/g)).toEqual([
      '<script nonce="bm9uY2U=" src="https://host/panel.js?a=1&amp;b=&quot;2&quot;">',
    ]);
    expect(html).toContain('<div id="page"></div>');
  });

  test('has another nonce each time, of 128 bits', () => {
    const nonces = new Set(Array.from({ length: 20 }, createNonce));
    expect(nonces.size).toBe(20);
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
  });
});
