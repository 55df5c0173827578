// What `npm test` is: types, lint, format and vitest. With arguments: vitest alone, with these arguments.
// The last line is the total, `N passed, N failed`; each check counts as one test.
import { runChecks } from './test/checks.mjs';
import { closingLine } from './test/tally.mjs';
import { runVitest } from './test/runVitest.mjs';

const vitestArguments = process.argv.slice(2);
const checks = vitestArguments.length === 0 ? await runChecks() : { passed: 0, failed: 0, skipped: 0 };
const tests = await runVitest(vitestArguments);
const total = {
  passed: checks.passed + tests.passed,
  failed: checks.failed + tests.failed,
  skipped: checks.skipped + tests.skipped,
};
console.log(closingLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
