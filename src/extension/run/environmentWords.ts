import path from 'node:path';
import { insightsSwitch } from '../../shared/insightsSwitch';
import { isSecretName } from '../../shared/isSecretName';
import { variableWords } from '../variableWords';

type Values = Readonly<Record<string, string>>;

/** An environment as a row of a list names it. */
export interface ShownEnvironment {
  readonly name: string;
  /** Its own env files, without those that are common to all. */
  readonly files: readonly string[];
  readonly values: Values;
}

const longestValue = 40;

/** `.env.flask.with_insights`; several files with ` + ` between them; without any, the environment's name. */
export function environmentLabel({ name, files }: ShownEnvironment): string {
  return files.length === 0 ? name : files.map((file) => path.basename(file)).join(' + ');
}

/**
 * `HONEYBADGER_INSIGHTS_ENABLED=true · 12 variables, 3 hidden`: values are shown of the names given (by default Insights' switch alone),
 * and of these only Honeybadger's own that are no secrets.
 */
export function environmentWords({ files, values }: ShownEnvironment, names: readonly string[] = []): string {
  const shown = [...new Set([insightsSwitch, ...names])].flatMap((name) => {
    const value = values[name];
    return value !== undefined && mayBeShown(name, value) ? [`${name}=${shortened(value)}`] : [];
  });
  const secrets = Object.keys(values).filter(isSecretName).length;
  const count = variableWords(Object.keys(values).length, secrets);
  return [...shown, count, ...(files.length === 0 ? ['by the process environment, no file'] : [])].join(' · ');
}

/** Honeybadger's own variables in which these environments differ: what is worth showing beside its switch. */
export function differingNames(environments: readonly Values[]): readonly string[] {
  const names = new Set(environments.flatMap((values) => Object.keys(values)));
  return [...names].filter(
    (name) => name.startsWith('HONEYBADGER_') && new Set(environments.map((values) => values[name])).size > 1,
  );
}

function mayBeShown(name: string, value: string): boolean {
  const hasPassword = /:\/\/[^/\s]*@/.test(value);
  return name.startsWith('HONEYBADGER_') && !isSecretName(name) && !hasPassword;
}

function shortened(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ');
  return line.length > longestValue ? `${line.slice(0, longestValue)}…` : line;
}
