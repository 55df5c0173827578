/** One line of a table: what was measured, and what it may be at most. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Null: shown, not judged. */
  readonly limit: number | null;
  /** What was counted, and how. */
  readonly note: string;
}

/** The figures as a Markdown table. */
export function figureLines(figures: readonly Figure[]): readonly string[] {
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.value.toFixed(2)} ${figure.unit}`,
    figure.limit === null ? '–' : `below ${figure.limit} ${figure.unit}`,
    figure.limit === null ? '' : isWithin(figure) ? 'ok' : 'BEYOND',
    figure.note,
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(['figure', 'measured', 'limit', '', 'what was counted']), line(Array(5).fill('---')), ...rows.map(line)];
}

/** A figure that could not be read (not a number) is beyond every limit. */
export function isWithin({ value, limit }: Figure): boolean {
  return limit === null || value < limit;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
