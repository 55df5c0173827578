/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Tally */

/**
 * `12 passed, 0 failed`; machines read it, so its form is fixed.
 * @param {Tally} tally
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Counts what vitest's JSON reporter wrote. A file that broke before its tests and a run that failed without a failed
 * test (an unhandled error, a crash) count as one failure each.
 * @param {unknown} report parsed; undefined where there is none
 * @param {number | null} exitCode of vitest
 * @returns {Tally}
 */
export function tallyOfReport(report, exitCode) {
  const files = isRecord(report) && Array.isArray(report['testResults']) ? report['testResults'] : [];
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const file of files) {
    const tests = Array.isArray(file.assertionResults) ? file.assertionResults : [];
    const failedBefore = failed;
    for (const { status } of tests) {
      if (status === 'passed') passed += 1;
      else if (status === 'failed') failed += 1;
      else skipped += 1;
    }
    if (file.status === 'failed' && failed === failedBefore) failed += 1;
  }
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null;
}
