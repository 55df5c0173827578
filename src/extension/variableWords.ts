/** How much an environment sets, without telling what: `12 variables, 3 hidden`. */
export function variableWords(count: number, hidden: number): string {
  const variables = count === 1 ? '1 variable' : `${count} variables`;
  return hidden === 0 ? variables : `${variables}, ${hidden} hidden`;
}
