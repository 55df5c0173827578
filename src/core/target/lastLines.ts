const shown = 15;

/** The end of a process's output as a part of a message. */
export function lastLines(lines: readonly string[]): string {
  const written = lines.filter((line) => line.trim() !== '').slice(-shown);
  return written.length === 0
    ? 'It wrote nothing.'
    : `Its last lines:\n${written.map((line) => `  ${line}`).join('\n')}`;
}
