/** One row of CSV (RFC 4180), without its line end. */
export function csvRow(cells: readonly (string | number)[]): string {
  return cells.map(csvCell).join(',');
}

/** A whole file: CRLF as RFC 4180 has it, and a last line end. */
export function csvFile(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${csvRow(row)}\r\n`).join('');
}

/**
 * One cell. Text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab, return in front) gets an
 * apostrophe (OWASP "CSV injection"); quotes are doubled. Numbers stand as they are; what is none is empty.
 */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Six decimals are below what is measured. */
export function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
