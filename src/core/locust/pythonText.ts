const placeholder = /\{\{([^]*?)\}\}/g;

/** A Python string literal. JSON's is one but for two line separators, which Python takes as they are. */
export function pythonText(text: string): string {
  return JSON.stringify(text);
}

/**
 * A text with templates (`{{int LOW HIGH}}`, `{{pick A B}}`, `{{NAME}}`) as a Python expression of the Locust file's helpers. `around`: a function that is
 * called with what is filled in.
 */
export function pythonTemplate(text: string, around?: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    if (match.index > end) parts.push(pythonText(text.slice(end, match.index)));
    const call = filling((match[1] ?? '').trim().split(/\s+/));
    parts.push(around === undefined ? call : `${around}(${call})`);
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push(pythonText(text.slice(end)));
  return parts.join(' + ');
}

function filling([word = '', ...rest]: readonly string[]): string {
  if (word === 'int') return `integer(${rest.join(', ')})`;
  if (word === 'pick') return `pick(${rest.map(pythonText).join(', ')})`;
  return `self.value(${pythonText(word)})`;
}

/** JSON as Python has it, templates in its strings filled in. */
export function pythonValue(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonTemplate(value);
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${pythonText(key)}: ${pythonValue(inner)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

const keywords = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield none true false'.split(
    ' ',
  ),
);
/** Of the Locust file's own user class. */
const taken = new Set([
  'send',
  'keep',
  'value',
  'values',
  'own_values',
  'common_headers',
  'client',
  'wait',
  'on_start',
  'on_stop',
  'tasks',
  'host',
  'environment',
  'abstract',
  'weight',
  'run',
  'start',
  'stop',
]);

/** A name as a Python identifier: `GET /api/data/` is `GET_api_data`. `fallback` where nothing is left of it. */
export function pythonIdentifier(name: string, fallback: string): string {
  const words = name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  const identifier = words === '' ? fallback : /^\d/.test(words) ? `_${words}` : words;
  return keywords.has(identifier.toLowerCase()) || taken.has(identifier.toLowerCase()) ? `${identifier}_` : identifier;
}
