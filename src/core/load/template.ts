import type { RandomStream } from '../../shared/random';
import { UserError } from '../../shared/userError';

/** A text with places to fill in. Compiled once; filled in for each request. */
export interface Template {
  /** True when each filling is the same text. */
  readonly isFixed: boolean;
  /** True when a filling draws random numbers. */
  readonly hasDraws: boolean;
  /** Extracted values that it asks for. */
  readonly names: readonly string[];
  /** `encode` is applied to what is filled in, never to the text around it. A value that is missing gives an empty text. */
  fill(random: RandomStream, values: ReadonlyMap<string, string>, encode?: (value: string) => string): string;
}

type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'int'; readonly low: number; readonly high: number }
  | { readonly type: 'pick'; readonly choices: readonly string[] }
  | { readonly type: 'value'; readonly name: string };

const allowedForms =
  'Allowed are {{int LOW HIGH}}, {{pick A B C}} and {{NAME}} of a value that an earlier request extracts.';
const placeholder = /\{\{([^]*?)\}\}/g;

/** Names of extracted values: no white space, no braces, and none of the template words. */
export function isValueName(name: string): boolean {
  return /^[^\s{}]+$/.test(name) && name !== 'int' && name !== 'pick';
}

/**
 * Compiles `{{int LOW HIGH}}` (both ends included), `{{pick A B C}}` and `{{NAME}}`. `encodeText` is applied to the text between.
 * Throws a UserError that begins with `where` when a placeholder has none of these forms.
 */
export function compileTemplate(
  text: string,
  where: string,
  encodeText = (literal: string): string => literal,
): Template {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push(textPart(text.slice(end, match.index), where, encodeText));
    parts.push(parsePlaceholder(match[1] ?? '', match[0], where));
    end = match.index + match[0].length;
  }
  parts.push(textPart(text.slice(end), where, encodeText));
  const hasDraws = parts.some((part) => part.type === 'int' || part.type === 'pick');
  const names = parts.flatMap((part) => (part.type === 'value' ? [part.name] : []));
  const isFixed = !hasDraws && names.length === 0;
  const fixed = isFixed ? parts.map((part) => (part.type === 'text' ? part.text : '')).join('') : '';
  return {
    isFixed,
    hasDraws,
    names,
    fill: isFixed ? () => fixed : (random, values, encode) => fillParts(parts, random, values, encode),
  };
}

function fillParts(
  parts: readonly Part[],
  random: RandomStream,
  values: ReadonlyMap<string, string>,
  encode = (value: string): string => value,
): string {
  let filled = '';
  for (const part of parts) {
    filled += part.type === 'text' ? part.text : encode(drawPart(part, random, values));
  }
  return filled;
}

function drawPart(
  part: Exclude<Part, { type: 'text' }>,
  random: RandomStream,
  values: ReadonlyMap<string, string>,
): string {
  if (part.type === 'int') return String(random.integer(part.low, part.high));
  if (part.type === 'pick') return part.choices[random.integer(0, part.choices.length - 1)] ?? '';
  return values.get(part.name) ?? '';
}

function textPart(text: string, where: string, encodeText: (literal: string) => string): Part {
  if (text.includes('{{')) throw new UserError('usage', `${where}: "{{" has no "}}" after it.`, { hint: allowedForms });
  return { type: 'text', text: encodeText(text) };
}

function parsePlaceholder(inside: string, whole: string, where: string): Part {
  const words = inside.trim().split(/\s+/);
  const [word = '', ...rest] = words;
  if (word === 'int') return intPart(rest, whole, where);
  if (word === 'pick') {
    if (rest.length === 0)
      throw new UserError('usage', `${where}: ${whole} has nothing to pick from.`, { hint: allowedForms });
    return { type: 'pick', choices: rest };
  }
  if (rest.length === 0 && isValueName(word)) return { type: 'value', name: word };
  throw new UserError('usage', `${where}: ${whole} is no template that we know.`, { hint: allowedForms });
}

function intPart(words: readonly string[], whole: string, where: string): Part {
  const [low = NaN, high = NaN] = words.map((word) => (/^[+-]?\d+$/.test(word) ? Number(word) : NaN));
  if (words.length !== 2 || !Number.isSafeInteger(low) || !Number.isSafeInteger(high)) {
    throw new UserError('usage', `${where}: ${whole} needs two whole numbers.`, { hint: 'For example {{int 0 100}}.' });
  }
  if (low > high) {
    throw new UserError('usage', `${where}: ${whole} has its ends the wrong way round.`, {
      hint: `Write {{int ${high} ${low}}}.`,
    });
  }
  return { type: 'int', low, high };
}
