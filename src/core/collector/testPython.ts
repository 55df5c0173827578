/** The interpreter that tests run: a Python with the honeybadger package. Throws a sentence when none was named. */
export function testPython(): string {
  const path = process.env['INSIGHTS_COMPARISON_TEST_PYTHON'];
  if (!path) {
    throw new Error(
      'Set INSIGHTS_COMPARISON_TEST_PYTHON to a Python that has honeybadger 1.3.0 installed: these tests send real events.',
    );
  }
  return path;
}
