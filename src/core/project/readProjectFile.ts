import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { projectFileSchema, type ProjectFile } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';

/**
 * The project file, parsed and checked.
 * Throws `UserError` with `file:line:column`, what is wrong there and what is allowed.
 */
export async function readProjectFile(file: string): Promise<ProjectFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError('usage', `The project file cannot be read: ${file}`, {
      hint: 'Name an existing file with --config, or leave --config out.',
      cause,
    });
  }
  return parseProjectFile(text, file);
}

/** As `readProjectFile`, of text that is already there; `file` is only for messages. */
export function parseProjectFile(text: string, file: string): ProjectFile {
  const options = { allowTrailingComma: true, disallowComments: false };
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, options);
  const syntaxError = errors[0];
  if (syntaxError) {
    throw problem(
      file,
      text,
      syntaxError.offset,
      `${describeSyntaxError(syntaxError)} here`,
      'It is JSON with comments.',
    );
  }
  const parsed = projectFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = deepestIssue(parsed.error.issues);
  const tree = parseTree(text, [], options);
  const offset = tree ? offsetOf(tree, issue) : 0;
  throw problem(file, text, offset, describeIssue(issue), hintOf(issue));
}

function describeSyntaxError(error: ParseError): string {
  const words = printParseErrorCode(error.error).replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

function problem(file: string, text: string, offset: number, message: string, hint: string): UserError {
  const before = text.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return new UserError('usage', `${path.basename(file)}:${before.length}:${column}: ${message}`, { hint });
}

type Issue = z.core.$ZodIssue;

/** Of a union's failed alternatives, the issue of the one that got furthest: the one that the user most likely meant. */
function deepestIssue(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): Issue {
  let best: Issue | undefined;
  for (const issue of issues) {
    const whole = { ...issue, path: [...prefix, ...issue.path] };
    const candidate =
      issue.code === 'invalid_union' && issue.errors.length > 0
        ? (issue.errors
            .filter((group) => group.length > 0)
            .map((group) => deepestIssue(group, whole.path))
            .sort(likelier)[0] ?? whole)
        : whole;
    if (!best || likelier(candidate, best) < 0) best = candidate;
  }
  if (!best) throw new Error('A failed parse has at least one issue');
  return best;
}

function likelier(a: Issue, b: Issue): number {
  const score = (issue: Issue): number => issue.path.length * 2 + (issue.code === 'unrecognized_keys' ? 1 : 0);
  return score(b) - score(a);
}

function offsetOf(tree: Node, issue: Issue): number {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const node = findNodeAtLocation(tree, [...path, issue.keys[0] ?? '']);
    if (node?.parent) return node.parent.offset;
  }
  for (let length = path.length; length >= 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.offset;
  }
  return 0;
}

function describeIssue(issue: Issue): string {
  const where = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  if (issue.code === 'unrecognized_keys')
    return `${where}unknown name ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  return `${where}${issue.message}`;
}

function hintOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys(issue.path);
    const wrong = issue.keys[0] ?? '';
    const near = allowed.length > 0 ? closest(wrong, allowed) : undefined;
    if (near !== undefined && distance(near, wrong) <= 3) return `Did you mean "${near}"?`;
    if (allowed.length > 0) return `Allowed here: ${allowed.join(', ')}.`;
  }
  if (issue.code === 'invalid_value')
    return `Allowed here: ${issue.values.map((value) => JSON.stringify(value)).join(', ')}.`;
  return 'docs/project-file.md lists every name and its values.';
}

const topLevel = Object.keys(projectFileSchema.shape);
const inTarget = Object.keys(projectFileSchema.shape.targets.unwrap().valueType.shape);

function allowedKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return topLevel;
  if (path.length === 2 && path[0] === 'targets') return inTarget;
  return [];
}
