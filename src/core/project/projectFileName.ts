/** Where a project says what is compared; without it, apps are detected. */
export const projectFileName = 'insights-comparison.jsonc';
