import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { commandNames } from '../src/extension/commands/commandNames';

const root = path.resolve(import.meta.dirname, '..');
const menuItem = z.object({ command: z.string(), when: z.string().optional() });
const manifest = z
  .object({
    main: z.string(),
    icon: z.string(),
    activationEvents: z.array(z.string()),
    engines: z.object({ vscode: z.string() }),
    extensionKind: z.array(z.string()),
    files: z.never().optional(),
    capabilities: z.object({
      untrustedWorkspaces: z.object({ supported: z.literal('limited'), restrictedConfigurations: z.array(z.string()) }),
    }),
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.string() })),
      menus: z.record(z.string(), z.array(menuItem)),
      configuration: z.object({
        properties: z.record(
          z.string(),
          z.object({ scope: z.string(), default: z.unknown(), markdownDescription: z.string() }),
        ),
      }),
      views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
      viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string(), when: z.string() })),
    }),
  })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const { contributes } = manifest;
const commandIds = contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  test('has exactly the commands that the extension registers', () => {
    expect([...commandIds].sort()).toEqual(commandNames.map((name) => `insightsComparison.${name}`).sort());
  });

  test('calls the main command by the name that people look for', () => {
    expect(contributes.commands.find(({ command }) => command === 'insightsComparison.run')?.title).toBe(
      'Run Insights comparison',
    );
  });

  test('has no menu row and no welcome link for a command that is not there', () => {
    const used = Object.values(contributes.menus).flatMap((rows) => rows.map(({ command }) => command));
    const linked = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/command:(insightsComparison\.\w+)/g)].map(([, command]) => command ?? ''),
    );
    expect([...used, ...linked].filter((command) => !commandIds.includes(command))).toEqual([]);
  });

  test('is activated by nothing but its own views, commands, records and results', () => {
    expect(manifest.activationEvents).toEqual([
      'workspaceContains:.insights-comparison/**',
      'onWebviewPanel:insightsComparison.panel',
    ]);
  });

  test('has four welcome states, each with a condition of its own', () => {
    expect(new Set(contributes.viewsWelcome.map(({ when }) => when)).size).toBe(4);
  });

  test('restricts every setting that can reach a command line, a file or a network in an untrusted folder', () => {
    const harmless = ['notifications.onFinish', 'statusBar', 'codeMarks.enabled'].map(
      (name) => `insightsComparison.${name}`,
    );
    const rest = Object.keys(contributes.configuration.properties).filter((name) => !harmless.includes(name));
    expect([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(rest.sort());
  });

  test('gives every setting a default', () => {
    const without = Object.entries(contributes.configuration.properties).filter(
      ([, { default: value }]) => value === undefined,
    );
    expect(without).toEqual([]);
  });
});
