import { readSwitch } from '../../shared/insightsSwitch';
import { isSecretName } from '../../shared/isSecretName';
import { sampleRateVariable } from '../../shared/outageScale';
import type { Warning } from '../../shared/record';
import { configFields } from '../inspect/inspectionProgram';
import type { InspectedApp } from '../inspect/inspectApp';

export interface EffectiveToJudge {
  readonly variant: string;
  /** What the app's process was given. */
  readonly given: Readonly<Record<string, string>>;
  /** Variables that differ between the variants: what the comparison is about. */
  readonly compared: readonly string[];
  readonly effective: InspectedApp;
}

export interface EffectiveJudgement {
  /** Values of the comparison that are not in force: it would be a comparison of something else. */
  readonly problems: readonly Warning[];
  /** Values that are not in force either, but the same in every variant. */
  readonly warnings: readonly Warning[];
}

/** The code of the one problem that `--force` does not get over: events would go to another service than ours. */
export const foreignEndpointCode = 'foreign_endpoint';

/** Compares what is in force in the loaded app with what its process was given. Secrets are masked. */
export function judgeEffective({ variant, given, compared, effective }: EffectiveToJudge): EffectiveJudgement {
  const fields = configFields.flatMap((field) => {
    const name = variableOf(field);
    const wanted = given[name];
    const found = effective.config[field];
    if (wanted === undefined || found === undefined || isSame(wanted, found)) return [];
    const isByEnvironment = isOverruled(effective.environment[name], wanted);
    return [
      {
        code: field === 'endpoint' ? foreignEndpointCode : 'effective_config',
        message: sentence(variant, name, wanted, found),
        advice: isByEnvironment
          ? environmentAdvice
          : `Remove ${field} from honeybadger.configure(…) in the app: code after the start wins over the environment.`,
      },
    ];
  });
  const known = new Set<string>(effective.package === 'loaded' ? configFields.map(variableOf) : []);
  const overruled = Object.entries(effective.environment).flatMap(([name, found]) => {
    const wanted = given[name];
    if (wanted === undefined || known.has(name) || !isOverruled(found, wanted)) return [];
    return [{ name, warning: { message: sentence(variant, name, wanted, found ?? ''), advice: environmentAdvice } }];
  });
  const isCompared = ({ name }: { readonly name: string }): boolean => compared.includes(name);
  return {
    problems: [
      ...fields,
      ...overruled.filter(isCompared).map(({ warning }) => ({ code: 'effective_config', ...warning })),
    ],
    warnings: [
      ...overruled
        .filter((one) => !isCompared(one))
        .map(({ warning }) => ({ code: 'environment_overruled', ...warning })),
      ...ownSampleRate(variant, given, effective),
    ],
  };
}

/** What a record keeps of it: the variables' names with the values in force. No key. */
export function shownEffective({ config }: InspectedApp): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([field, value]) => (field === 'api_key' ? [] : [[variableOf(field), value]])),
  );
}

/** Nobody asked for sampling, and the app does it: right, but another comparison than it seems. */
function ownSampleRate(
  variant: string,
  given: EffectiveToJudge['given'],
  { config }: InspectedApp,
): readonly Warning[] {
  const name = sampleRateVariable;
  const rate = config['events_sample_rate'];
  if (given[name] !== undefined || rate === undefined || Number(rate) >= 100 || config['insights_enabled'] !== 'true')
    return [];
  return [
    {
      code: 'sampled_by_app',
      message: `${variant}: the app itself keeps ${rate} % of the events only, so Insights costs less than with all of them`,
      advice: `Set ${name} in every variant to say what is to be compared.`,
    },
  ];
}

const environmentAdvice =
  'The app puts a file of its own over the environment it was given: take override=True out of load_dotenv (overwrite=True out of read_env), or correct the value in that file.';

function variableOf(field: string): string {
  return `HONEYBADGER_${field.toUpperCase()}`;
}

/** An app may read a variable and remove it: only another value overrules. */
function isOverruled(found: string | null | undefined, wanted: string): boolean {
  return found !== undefined && found !== null && found !== wanted;
}

function sentence(variant: string, name: string, wanted: string, found: string): string {
  const shown = (value: string): string => (isSecretName(name) ? '•••' : `"${value}"`);
  return `${variant}: ${name} is ${shown(found)} in the app once it is loaded, not ${shown(wanted)} as it was given`;
}

/** Whether honeybadger made this value of that text: numbers and switches are written in many ways. */
function isSame(wanted: string, found: string): boolean {
  if (wanted === found) return true;
  if (found === 'true' || found === 'false') return readSwitch(wanted) === (found === 'true');
  return wanted.trim() !== '' && Number(wanted) === Number(found);
}
