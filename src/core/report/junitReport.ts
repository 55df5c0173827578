import type { BudgetResult, ComparisonRecord } from '../../shared/record';
import { isMetricName, metricNamed } from '../../shared/metrics';
import { budgetWords } from '../../shared/words/budgetWords';
import { effectWords } from '../../shared/words/effectWords';

/**
 * JUnit's XML as CI systems read it: a case for the measurement itself, which is an error where it means nothing or was broken off, and
 * one per budget: a failure where it is exceeded, skipped where nothing can be decided.
 */
export function junitReport(record: ComparisonRecord): string {
  const suite = `${record.plan.target} ${record.plan.scenario.name}`;
  const cases = [measurementCase(record), ...record.budgets.map((budget) => budgetCase(record, budget))];
  const count = (type: JunitCase['outcome']['type']): number =>
    cases.filter(({ outcome }) => outcome.type === type).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const lines = cases.flatMap(({ name, seconds, outcome }) => {
    const head = `    <testcase classname="${escapeXml(`insights-comparison.${suite}`)}" name="${escapeXml(name)}" time="${seconds.toFixed(1)}"`;
    if (outcome.type === 'passed') return [`${head}/>`];
    return [`${head}>`, `      <${outcome.type} message="${escapeXml(outcome.message)}"/>`, '    </testcase>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="insights-comparison" ${counts}>`,
    `  <testsuite name="${escapeXml(suite)}" timestamp="${escapeXml(record.createdAt)}" ${counts}>`,
    ...lines,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface JunitCase {
  readonly name: string;
  /** Measured time; of a budget 0, for it is judged from what was measured. */
  readonly seconds: number;
  readonly outcome:
    { readonly type: 'passed' } | { readonly type: 'failure' | 'error' | 'skipped'; readonly message: string };
}

function measurementCase({ status, outcomeReason, trials, capacity }: ComparisonRecord): JunitCase {
  const seconds = [...trials, ...capacity].reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  return {
    name: 'the measurement is valid and whole',
    seconds,
    outcome: status === 'complete' ? { type: 'passed' } : { type: 'error', message: outcomeReason ?? status },
  };
}

function budgetCase(record: ComparisonRecord, budget: BudgetResult): JunitCase {
  const { metric, limit, result } = budget;
  const measured = measuredWords(record, metric);
  const message = result === 'inconclusive' ? `${budgetWords(record, budget)}. ${measured}` : measured;
  const type = { pass: 'passed', fail: 'failure', inconclusive: 'skipped' } as const;
  const outcome = type[result];
  return {
    name: `${metric} ${limit}`,
    seconds: 0,
    outcome: outcome === 'passed' ? { type: outcome } : { type: outcome, message },
  };
}

/** What each candidate came to on the budget's metric. */
function measuredWords({ effects }: ComparisonRecord, metric: string): string {
  if (!isMetricName(metric)) return `${metric} is not known to this version`;
  const { label } = metricNamed(metric);
  const measured = effects.filter((effect) => effect.metric === metric && effect.scope.kind === 'total');
  if (measured.length === 0) return `${label} was not measured`;
  return measured.map((effect) => `${label} of ${effect.candidate}: ${effectWords(effect)}`).join('; ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/** Text as the value of an attribute. What XML 1.0 has no place for (its section 2.2) becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"'\n\t\r]/g, (character) => entities[character] ?? character);
}
