import { expect, test } from 'vitest';
import type { Plan } from '../../shared/plan';
import type { Reset } from '../../shared/projectFile';
import type { InspectedApp } from '../inspect/inspectApp';
import { settingWarnings } from './settingWarnings';

interface Change {
  readonly reset?: Reset | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly projectFolder?: string;
  readonly stack?: Plan['stack'];
  readonly endpoint?: Plan['endpoint'];
  readonly effective?: Partial<InspectedApp>;
}

function codesOf(change: Change): string[] {
  const { reset = { sqlite: 'DB' }, environment = {}, projectFolder = null, stack = null, endpoint = 'local' } = change;
  const plan = { target: { reset, projectFolder }, variants: [{ name: 'off', environment }], stack, endpoint };
  const inside = { filesWithin: [], isReloading: false, isDebug: null, ...change.effective } as unknown as InspectedApp;
  const code = { pythonPath: '', project: null, templateFolder: '', bytecodeFolder: '', label: '' };
  const codes = new Map([['off', code]]);
  const none = { environment: {}, processes: [] };
  const deps = { plan: plan as unknown as Plan, codes, inheritedEnvironment: {}, stack: none };
  return settingWarnings(deps, new Map([['off', inside]])).map(({ code }) => code);
}

const server = { DATABASE_URL: 'postgres://me@127.0.0.1/shop' };

test.each<[string, Change, string[]]>([
  ['a sound plan', {}, []],
  ['DEBUG in the app', { effective: { isDebug: true } }, ['debug_on']],
  ['DEBUG in the environment alone', { environment: { DEBUG: '1' } }, ['debug_on']],
  ['a reloader', { effective: { isReloading: true } }, ['reloader_on']],
  ['no reset', { reset: null }, ['no_reset']],
  ['a project that could not be copied', { projectFolder: '/shop' }, ['project_too_large']],
  ['code that is loaded from the original', { effective: { filesWithin: ['/shop/app.py'] } }, ['copy_bypassed']],
  ['plain http', { endpoint: 'local-http' }, ['plain_http']],
  ['a database server for all trials', { environment: server }, ['shared_database']],
  ['a database of its own on it', { environment: server, reset: { postgres: 'DATABASE_URL' } }, []],
  ['a broker alone', { environment: { BROKER: 'redis://127.0.0.1' } }, []],
  ['private servers', { environment: server, stack: { type: 'private', name: 'mysql-redis' } }, []],
])('%s', (_, change, codes) => {
  expect(codesOf(change)).toEqual(codes);
});
