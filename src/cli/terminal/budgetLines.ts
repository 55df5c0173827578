import type { ComparisonRecord } from '../../shared/record';
import { budgetWords } from '../../shared/words/budgetWords';
import { withoutControls, wrapToWidth } from './displayWidth';
import type { TableLayout } from './tableLayout';

/** What became of each budget, and what it would take where that cannot be said; none: nothing. */
export function budgetLines(record: ComparisonRecord, { width, colours }: TableLayout): string[] {
  if (record.budgets.length === 0) return [];
  const lines = record.budgets.flatMap((budget) => {
    const name = withoutControls(`Budget ${budget.metric} ${budget.limit}`);
    const words = budgetWords(record, budget);
    switch (budget.result) {
      case 'pass':
        return [`${name}: ${colours.green(words)}`];
      case 'fail':
        return [`${name}: ${colours.red(words)}`];
      case 'inconclusive':
        return wrapToWidth(`${name}: ${words}`, width);
    }
  });
  return ['', ...lines];
}
