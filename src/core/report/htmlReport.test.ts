import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { syntheticSeries } from '../../../test/fixtures/syntheticSeries';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { htmlReport } from './htmlReport';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

const script = "const a = '<!-- </script><script>';\n//# sourceMappingURL=report.js.map\n";

function embedded(page: string): unknown {
  const match = /<script type="application\/json" id="insights-comparison-data">(.*?)<\/script>/s.exec(page);
  return JSON.parse(match?.[1] ?? '');
}

describe('the HTML report', () => {
  test('embeds the whole record, whatever is in its names', () => {
    const record = { ...base, sentence: '</script><script>alert(1)</script>\u2028 <!--' };
    const page = htmlReport(record, syntheticSeries(record), { script });
    expect(embedded(page)).toMatchObject({ record });
    expect(page).not.toContain('<script>alert(1)');
    expect(/<script type="application\/json".*/.exec(page)?.[0]).not.toMatch(/\u2028|<!--/);
  });

  test('allows its own script by hash and nothing else', () => {
    const record = base;
    const page = htmlReport(record, [], { script });
    const inline = /<script>(.*?)<\/script>\n<\/body>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(inline, 'utf8').digest('base64');
    expect(page).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
    expect(inline).not.toContain('sourceMappingURL');
    expect(inline).not.toMatch(/<(?:!--|\/?script)/i);
  });

  test('puts nothing of the script or the record through replacement patterns', () => {
    const page = htmlReport({ ...base, sentence: "$& $1 $'" }, [], { script: "const b = '$& $`';" });
    expect(page).toContain("const b = '$& $`';");
    expect(page).toContain("<p>$&amp; $1 $'</p>");
  });
});
