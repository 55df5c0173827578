import { describe, expect, test } from 'vitest';
import { UserError } from '../../shared/userError';
import { parseProjectFile } from './readProjectFile';

function problemIn(text: string): string {
  try {
    parseProjectFile(text, '/somewhere/insights-comparison.jsonc');
  } catch (error) {
    if (error instanceof UserError) return `${error.message} | ${error.hint ?? ''}`;
    throw error;
  }
  return 'no problem';
}

describe('the project file', () => {
  test('may hold comments and trailing commas, and gets the defaults of its schema', () => {
    const project = parseProjectFile('{ // apps\n "targets": { "a": { "command": ["x"], }, }, }', 'f');
    expect(project.targets['a']).toMatchObject({ cwd: '.', ready: '/', env: [], prepare: [], companions: [] });
  });

  test.each([
    ['{\n  "targets": [\n}', /^insights-comparison\.jsonc:3:1: /],
    ['{\n  "tragets": {}\n}', /:2:3: unknown name "tragets" \| Did you mean "targets"\?/],
    ['{ "targets": { "a": { "comand": ["x"] } } }', /unknown name "comand" \| Did you mean "command"\?/],
    ['{ "targets": { "a": { "command": "x" } } }', /:1:34: targets\.a\.command: .*array/],
    [
      '{ "scenarios": { "s": { "users": 0, "spawnRatePerSecond": 1, "durationSeconds": 5 } } }',
      /scenarios\.s\.users: .*>=1/,
    ],
    [
      '{ "behaviours": { "b": { "requests": [ { "name": "home", "path": "home" } ] } } }',
      /behaviours\.b\.requests\.0\.path: .*"\/"/,
    ],
    [
      '{ "behaviours": { "b": { "requests": [ { "name": "home", "path": "/", "method": "FETCH" } ] } } }',
      /requests\.0\.method: .* \| Allowed here: "GET", "POST"/,
    ],
  ])('%j is refused with its place and what is allowed', (text, message) => {
    expect(problemIn(text)).toMatch(message);
  });
});
