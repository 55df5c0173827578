import { UserError } from '../shared/userError';

/** Every setting, as it stands in package.json. Paths and lists are as the user wrote them; `''` and `[]`: not set. */
export interface Settings {
  readonly pythonPath: string;
  readonly appPath: string;
  readonly startCommand: string;
  readonly healthUrl: string;
  readonly environments: readonly string[];
  readonly scenario: string;
  readonly endpoint: string;
  readonly resultsLocation: string;
  /** Runs of a folder that are kept; 0: all. */
  readonly maxRuns: number;
  readonly hasFinishNotice: boolean;
  readonly hasStatusBar: boolean;
  readonly hasCodeMarks: boolean;
}

/** The settings' names, as users see them. */
export const settingNames: Readonly<Record<keyof Settings, string>> = {
  pythonPath: 'insightsComparison.pythonPath',
  appPath: 'insightsComparison.app.path',
  startCommand: 'insightsComparison.app.startCommand',
  healthUrl: 'insightsComparison.app.healthUrl',
  environments: 'insightsComparison.environments',
  scenario: 'insightsComparison.scenario',
  endpoint: 'insightsComparison.endpoint',
  resultsLocation: 'insightsComparison.resultsLocation',
  maxRuns: 'insightsComparison.retention.maxRuns',
  hasFinishNotice: 'insightsComparison.notifications.onFinish',
  hasStatusBar: 'insightsComparison.statusBar',
  hasCodeMarks: 'insightsComparison.codeMarks.enabled',
};

/**
 * Settings over a source of raw values, which knows them by their name without `insightsComparison.` and fills in the defaults.
 * Each is checked when it is read; a wrong one throws `UserError` that names it.
 */
export function settingsValues(read: (name: string) => unknown): Settings {
  const raw = (key: keyof Settings): unknown => read(settingNames[key].slice('insightsComparison.'.length));
  return {
    get pythonPath() {
      return textOf('pythonPath', raw('pythonPath'));
    },
    get appPath() {
      return textOf('appPath', raw('appPath'));
    },
    get startCommand() {
      return textOf('startCommand', raw('startCommand'));
    },
    get healthUrl() {
      return textOf('healthUrl', raw('healthUrl'));
    },
    get environments() {
      return textsOf('environments', raw('environments'));
    },
    get scenario() {
      return textOf('scenario', raw('scenario'));
    },
    get endpoint() {
      return textOf('endpoint', raw('endpoint'));
    },
    get resultsLocation() {
      return textOf('resultsLocation', raw('resultsLocation'));
    },
    get maxRuns() {
      return countOf('maxRuns', raw('maxRuns'));
    },
    get hasFinishNotice() {
      return switchOf('hasFinishNotice', raw('hasFinishNotice'));
    },
    get hasStatusBar() {
      return switchOf('hasStatusBar', raw('hasStatusBar'));
    },
    get hasCodeMarks() {
      return switchOf('hasCodeMarks', raw('hasCodeMarks'));
    },
  };
}

function textOf(key: keyof Settings, value: unknown): string {
  if (typeof value !== 'string') throw wrongSetting(key, 'must be a text', 'Write it in quotes, or remove it.');
  return value.trim();
}

function textsOf(key: keyof Settings, value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.every((entry): entry is string => typeof entry === 'string');
  if (!isList) throw wrongSetting(key, 'must be a list of texts', 'For example ["off=.env.off", "on=.env.on"].');
  return value.map((entry) => entry.trim());
}

function countOf(key: keyof Settings, value: unknown): number {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  if (!isCount) throw wrongSetting(key, 'must be a whole number', 'Write 0 or more.');
  return value;
}

function switchOf(key: keyof Settings, value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrongSetting(key, 'must be true or false', 'Write it without quotes.');
  return value;
}

/** What is thrown for a setting that the user has to correct: `insightsComparison.endpoint must be …`. */
export function wrongSetting(key: keyof Settings, what: string, hint: string, cause?: unknown): UserError {
  return new UserError('usage', `${settingNames[key]} ${what}`, { hint, ...(cause === undefined ? {} : { cause }) });
}
