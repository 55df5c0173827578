import type { RequestSpec } from '../../shared/behaviour';
import { UserError } from '../../shared/userError';
import type { CookieJar } from './cookieJar';
import { isValueName } from './template';

/** What an extraction reads from. */
export interface AnswerView {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly cookies: CookieJar;
}

export interface Extraction {
  readonly name: string;
  /** True when the body's text must be kept for it. */
  readonly readsBody: boolean;
  /** Undefined when the answer holds no such thing. */
  read(answer: AnswerView): string | undefined;
}

type ExtractionSpec = NonNullable<RequestSpec['extract']>[string];

/** Compiles the `extract` of a request. Throws a UserError that begins with `where`. */
export function compileExtractions(spec: RequestSpec['extract'], where: string): readonly Extraction[] {
  return Object.entries(spec ?? {}).map(([name, extraction]) => {
    if (!isValueName(name)) {
      throw new UserError('usage', `${where}: "${name}" cannot be the name of an extracted value.`, {
        hint: 'Use a word without spaces or braces, other than "int" and "pick".',
      });
    }
    return compileExtraction(name, extraction, where);
  });
}

function compileExtraction(name: string, spec: ExtractionSpec, where: string): Extraction {
  if ('cookie' in spec) return { name, readsBody: false, read: ({ cookies }) => cookies.value(spec.cookie) };
  if ('header' in spec) {
    const header = spec.header.toLowerCase();
    return { name, readsBody: false, read: ({ headers }) => headerText(headers[header]) };
  }
  if ('json' in spec) {
    const keys = spec.json === '' ? [] : spec.json.split('.');
    return { name, readsBody: true, read: ({ body }) => readJsonPath(body, keys) };
  }
  const pattern = compilePattern(spec.regex, name, where);
  return { name, readsBody: true, read: ({ body }) => pattern.exec(body)?.[1] };
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

/** `items.0.id` walks objects by key and arrays by position. Texts come bare, anything else as JSON. */
function readJsonPath(body: string, keys: readonly string[]): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function compilePattern(source: string, name: string, where: string): RegExp {
  let groups: number;
  try {
    // An added empty alternative always matches, so the match tells how many groups there are.
    groups = (new RegExp(`${source}|`).exec('')?.length ?? 1) - 1;
  } catch (cause) {
    throw new UserError('usage', `${where}: the regex of "${name}" is not valid: ${source}`, { cause });
  }
  if (groups === 0) {
    throw new UserError('usage', `${where}: the regex of "${name}" has no group to take the value from: ${source}`, {
      hint: 'Put parentheses around the part that is the value.',
    });
  }
  return new RegExp(source);
}
