import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'dotenv';
import { execa } from 'execa';
import { UserError } from '../../shared/userError';

/** The values of an env file, and where the two readers (python-dotenv, which the app would use, and Node's dotenv) disagree. */
export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** `python`: read by the target's own python-dotenv. `node`: it has none. */
  readonly reader: 'python' | 'node';
  /** Names whose value the two read differently. */
  readonly differing: readonly string[];
}

/**
 * Reads an env file as the app's own Python would: by python-dotenv where the interpreter has it, else by dotenv.
 * Throws `UserError('usage')` naming file and line when it is missing, unreadable or holds a line that is none of
 * `KEY=VALUE`, comment or blank.
 */
export async function readEnvFile(file: string, pythonPath: string | null): Promise<EnvFile> {
  const text = await readText(file);
  checkLines(text, file);
  const nodeValues = parse(text);
  const pythonValues = pythonPath === null ? null : await readByPython(file, pythonPath);
  if (pythonValues === null) return { values: nodeValues, reader: 'node', differing: ambiguousNames(text) };
  const names = new Set([...Object.keys(pythonValues), ...Object.keys(nodeValues)]);
  const differing = [...names].filter((name) => pythonValues[name] !== nodeValues[name]);
  return { values: pythonValues, reader: 'python', differing };
}

async function readText(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    if (text.includes('\u0000') || text.includes('\uFFFD')) {
      throw new UserError('usage', `The env file is not text in UTF-8: ${file}`, { hint: 'Save it as UTF-8.' });
    }
    return text.replace(/^\uFEFF/, '');
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('usage', `The env file cannot be read: ${file}`, {
      hint: 'Check the name in the project file or in --variant, and that the file may be read.',
      cause,
    });
  }
}

const assignment = /^\s*(?:export\s+)?[\w.-]+\s*=\s*(.*)$/;

/** Refuses what the readers would skip in silence: a variant that lost a line is a comparison of something else. */
function checkLines(text: string, file: string): void {
  const lines = text.split(/\r?\n/);
  let openQuote: { quote: string; line: number } | null = null;
  for (const [index, line] of lines.entries()) {
    if (openQuote) {
      if (closesQuote(line, openQuote.quote)) openQuote = null;
      continue;
    }
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const match = assignment.exec(line);
    if (!match) {
      throw new UserError('usage', `${path.basename(file)}:${index + 1}: neither KEY=VALUE nor a comment`, {
        hint: `Write KEY=VALUE, or put # before the line, in ${file}.`,
      });
    }
    const value = match[1] ?? '';
    const quote = value.charAt(0);
    if ((quote === '"' || quote === "'") && !closesQuote(value.slice(1), quote)) openQuote = { quote, line: index + 1 };
  }
  if (openQuote) {
    throw new UserError(
      'usage',
      `${path.basename(file)}:${openQuote.line}: the quote ${openQuote.quote} is never closed`,
      {
        hint: `Close it, or quote the value differently, in ${file}.`,
      },
    );
  }
}

function closesQuote(text: string, quote: string): boolean {
  return new RegExp(`(?:^|[^\\\\])${quote}`).test(text);
}

/** Values that Node's dotenv cuts at `#` and python-dotenv does not, or that python-dotenv expands. */
function ambiguousNames(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*([^'"\s#][^\r\n]*)$/gm)]
    .filter(([, , value]) => /\S#/.test(value ?? '') || /\$\{/.test(value ?? ''))
    .map(([, name]) => name ?? '');
}

const pythonReader = `
import json, sys
try:
    from dotenv import dotenv_values
except ImportError:
    sys.stdout.write("null")
else:
    values = dotenv_values(sys.argv[1], encoding="utf-8")
    json.dump({k: v for k, v in values.items() if v is not None}, sys.stdout)
`;

async function readByPython(file: string, pythonPath: string): Promise<Record<string, string> | null> {
  const result = await execa(pythonPath, ['-c', pythonReader, file], {
    reject: false,
    stdin: 'ignore',
    timeout: 20_000,
  });
  if (result.exitCode !== 0) return null;
  const parsed: unknown = JSON.parse(result.stdout);
  return isStringRecord(parsed) ? parsed : null;
}

function isStringRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string')
  );
}
