import type { RandomStream } from '../../shared/random';
import type { RequestSpec } from '../../shared/behaviour';
import { UserError } from '../../shared/userError';
import { compileExtractions, type Extraction } from './extract';
import { compileTemplate, type Template } from './template';

export type Values = ReadonlyMap<string, string>;

/** One HTTP request, checked and ready to be filled in. */
export interface CompiledRequest {
  /** What its statistics stand under. */
  readonly name: string;
  readonly method: RequestSpec['method'];
  readonly path: Template;
  readonly headers: readonly { readonly name: string; readonly value: Template }[];
  /** Null when it sends no body. */
  readonly body: ((random: RandomStream, values: Values) => Buffer) | null;
  readonly extractions: readonly Extraction[];
  readonly readsBody: boolean;
  /** True when filling it in draws random numbers. */
  readonly hasDraws: boolean;
  /** Extracted values that it asks for. */
  readonly names: readonly string[];
  isExpected(status: number): boolean;
}

interface CompiledBody {
  readonly fill: (random: RandomStream, values: Values) => Buffer;
  readonly templates: readonly Template[];
  readonly contentType: string | null;
}

/** Set for each request by the connection or the generator: the user's own would break the measurement or the connection. */
const ownHeaders = new Set([
  'x-request-id',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
]);
const defaultHeaders: readonly (readonly [string, string])[] = [
  ['accept', '*/*'],
  ['user-agent', 'insights-comparison'],
];

/**
 * Checks and compiles one request. `common` are headers that its own ones override. Text in paths is percent-encoded where HTTP needs it,
 * and what is filled in there is encoded as a URI component; forms are encoded whole; in JSON a filled-in text stays a text, `"{{int 1 5}}"`
 * too. `body` is sent as it stands. Throws a UserError that begins with `where`.
 */
export function compileRequest(
  spec: RequestSpec,
  common: Readonly<Record<string, string>>,
  where: string,
): CompiledRequest {
  const path = compileTemplate(spec.path, `${where}, path`, encodePathText);
  const body = compileBody(spec, where);
  const headers = compileHeaders(spec, common, body?.contentType ?? null, where);
  const extractions = compileExtractions(spec.extract, where);
  const templates = [path, ...headers.map(({ value }) => value), ...(body?.templates ?? [])];
  const expected = spec.expect === undefined ? null : new Set(spec.expect);
  return {
    name: spec.name,
    method: spec.method,
    path,
    headers,
    body: body?.fill ?? null,
    extractions,
    readsBody: extractions.some(({ readsBody }) => readsBody),
    hasDraws: templates.some(({ hasDraws }) => hasDraws),
    names: [...new Set(templates.flatMap(({ names }) => names))],
    isExpected: (status) => (expected === null ? status >= 200 && status < 400 : expected.has(status)),
  };
}

function compileHeaders(
  spec: RequestSpec,
  common: Readonly<Record<string, string>>,
  contentType: string | null,
  where: string,
): CompiledRequest['headers'] {
  const texts = new Map(defaultHeaders);
  if (contentType !== null) texts.set('content-type', contentType);
  for (const [name, value] of [...Object.entries(common), ...Object.entries(spec.headers ?? {})]) {
    const lowered = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n\0]/.test(value)) {
      throw new UserError('usage', `${where}: "${name}" is not a valid HTTP header.`, {
        hint: 'Header names are words; values are one line.',
      });
    }
    if (ownHeaders.has(lowered)) {
      throw new UserError('usage', `${where}: the header ${name} is set by the load generator itself.`, {
        hint: `Leave ${name} out.`,
      });
    }
    texts.set(lowered, value);
  }
  return [...texts].map(([name, text]) => ({ name, value: compileTemplate(text, `${where}, header ${name}`) }));
}

function compileBody(spec: RequestSpec, where: string): CompiledBody | null {
  const given = (['json', 'form', 'body'] as const).filter((kind) => spec[kind] !== undefined);
  if (given.length > 1) {
    throw new UserError('usage', `${where} has ${given.join(' and ')}.`, { hint: 'Give one of json, form and body.' });
  }
  if (spec.json !== undefined) return compileJson(spec.json, `${where}, json`);
  if (spec.form !== undefined) return compileForm(spec.form, `${where}, form`);
  if (spec.body === undefined) return null;
  const bytes = Buffer.from(spec.body);
  return { fill: () => bytes, templates: [], contentType: null };
}

function compileForm(form: Readonly<Record<string, string>>, where: string): CompiledBody {
  const fields = Object.entries(form).map(([name, text]) => ({
    name,
    value: compileTemplate(text, `${where} field ${name}`),
  }));
  const fill = (random: RandomStream, values: Values): Buffer => {
    const filled = fields.map(({ name, value }): [string, string] => [name, value.fill(random, values)]);
    return Buffer.from(new URLSearchParams(filled).toString());
  };
  return fixedWherePossible(
    fill,
    fields.map(({ value }) => value),
    'application/x-www-form-urlencoded',
  );
}

function compileJson(json: unknown, where: string): CompiledBody {
  const templates: Template[] = [];
  const compileNode = (node: unknown): ((random: RandomStream, values: Values) => unknown) => {
    if (typeof node === 'string') {
      const template = compileTemplate(node, where);
      templates.push(template);
      return (random, values) => template.fill(random, values);
    }
    if (Array.isArray(node)) {
      const items = node.map(compileNode);
      return (random, values) => items.map((item) => item(random, values));
    }
    if (typeof node === 'object' && node !== null) {
      const entries = Object.entries(node).map(([key, value]) => [key, compileNode(value)] as const);
      return (random, values) => Object.fromEntries(entries.map(([key, value]) => [key, value(random, values)]));
    }
    return () => node;
  };
  const root = compileNode(json);
  return fixedWherePossible(
    (random, values) => Buffer.from(JSON.stringify(root(random, values))),
    templates,
    'application/json',
  );
}

function fixedWherePossible(
  fill: CompiledBody['fill'],
  templates: readonly Template[],
  contentType: string,
): CompiledBody {
  if (templates.some((template) => !template.isFixed)) return { fill, templates, contentType };
  const bytes = fill({ next: () => 0, integer: (low) => low }, new Map());
  return { fill: () => bytes, templates, contentType };
}

/** What must not stand raw in a request line; `%` stays, so that a path may be given encoded already. */
function encodePathText(text: string): string {
  return text.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character)).replaceAll('#', '%23');
}
