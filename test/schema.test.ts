import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { schemaFile, schemaText } from '../scripts/schema.mjs';

const node = z.looseObject({
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

describe("the project file's JSON Schema", () => {
  test('is up to date: node scripts/schema.mjs', async () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(await schemaText());
  });

  test('explains every name that completion offers', () => {
    const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
    expect(undescribed(schema, '').filter((name) => name !== '$schema')).toEqual([]);
  });

  test('asks for nothing that has a default', () => {
    const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
    expect(schema).not.toHaveProperty('required');
    expect(schema).toMatchObject({ properties: { targets: { additionalProperties: { type: 'object' } } } });
    expect(schema).not.toHaveProperty('properties.targets.additionalProperties.required');
  });

  test("knows every name in the samples' project file", () => {
    const file = new URL('../insights-comparison.jsonc', import.meta.url);
    const project: unknown = parse(readFileSync(file, 'utf8'));
    const { properties } = node.parse(JSON.parse(readFileSync(schemaFile, 'utf8')));
    expect(Object.keys(properties ?? {})).toEqual(
      expect.arrayContaining(Object.keys(z.looseObject({}).parse(project))),
    );
  });
});

/** Names of properties, wherever in the schema, that have no description. */
function undescribed(schema: unknown, at: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const named = node.safeParse(schema).data?.properties ?? {};
  const missing = Object.entries(named)
    .filter(([, value]) => node.parse(value).description === undefined)
    .map(([name]) => `${at}${name}`);
  const below = Object.entries(schema).flatMap(([key, value]) =>
    undescribed(value, key === 'properties' || Array.isArray(schema) ? at : `${at}${key}.`),
  );
  return [...missing, ...below];
}
