/** The commands of package.json, without their prefix; `test/manifest.test.ts` compares the two lists. */
export const commandNames = [
  'run',
  'rerunLast',
  'runAgain',
  'runScenario',
  'checkMachine',
  'doctor',
  'createProjectFile',
  'monitor',
  'stop',
  'forceStop',
  'openResult',
  'exportReport',
  'copyMarkdown',
  'copyCli',
  'revealRun',
  'deleteRun',
  'refreshRuns',
  'trySample',
  'openWalkthrough',
  'showLog',
] as const;
export type CommandName = (typeof commandNames)[number];
