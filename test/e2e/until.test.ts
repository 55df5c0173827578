import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/shared/events';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import { copyTinyProject, processesOf, startCommand, type TestProject } from './commandLine';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

let project: TestProject;
let changed: EventOf<'plan-changed'>;
let events: readonly RunEvent[];
let code: number | null;
let record: ComparisonRecord;

const isChanged = (event: RunEvent): event is EventOf<'plan-changed'> => event.type === 'plan-changed';
const isSecondStage = (event: RunEvent): boolean => event.type === 'trial-finished' && event.trial.block === 6;

/** No machine reaches ±0.1 % by six blocks of 5 s: the first stage asks for as many as there may be, and the run is stopped in the second. */
describe('a comparison until ±0.1 % that is stopped in its second stage', () => {
  beforeAll(async () => {
    project = await copyTinyProject();
    const words = ['run', '.', 'short', '--until', '0.1%', '--blocks', '2', '--no-capacity', '--seed', '7', '--events'];
    const running = startCommand(project, words);
    changed = await running.waitFor(isChanged);
    await running.waitFor(isSecondStage);
    running.child.kill('SIGINT');
    code = await running.exited;
    events = running.events;
    const finished = events.find((event) => event.type === 'comparison-finished');
    record = recordSchema.parse(JSON.parse(await readFile(finished?.recordPath ?? '', 'utf8')));
  }, 400_000);
  afterAll(async () => project.remove());

  test('measures six blocks first, whatever fewer was asked for', () => {
    const [started] = events.filter((event) => event.type === 'comparison-started');
    expect(started?.plan).toMatchObject({ blocks: 6, until: { halfWidth: 0.001, firstBlocks: 6 } });
    const before = events.slice(0, events.indexOf(changed)).filter((event) => event.type === 'trial-finished');
    expect(new Set(before.map(({ trial }) => trial.block))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(record.warnings.map(({ code: warning }) => warning)).toContain('until_first_blocks');
  });

  test('then plans as many as there may be, says that they do not do, and goes on with them', () => {
    expect(changed.message).toMatch(/^60 blocks in all: by the spread of the first 6 that many are needed for ±0.1 %/);
    expect(changed.plan.order).toHaveLength(60);
    const { trial } = events.find((event): event is EventOf<'trial-finished'> => isSecondStage(event)) ?? {};
    expect(trial).toMatchObject({ block: 6, blocks: 60 });
    expect(record.warnings.find((warning) => warning.code === 'until_bounded')?.message).toMatch(
      /^±0.1 % of CPU per request would take (about [\d,]+|more than 10,000) blocks; there are 60/,
    );
  });

  test('is partial, claims nothing, and keeps what it has', () => {
    expect(code).toBe(130);
    expect(record.status).toBe('partial');
    expect(record.sentence).toMatch(/^Partial: 6 of 60 blocks were measured, so there is no verdict/);
    expect(new Set(record.trials.map(({ block }) => block))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(record.plan).toMatchObject({
      blocks: 60,
      repeatCommand: expect.stringContaining('--until 0.1%') as unknown,
    });
  });

  test('leaves nothing behind', async () => {
    expect(await processesOf(project)).toEqual([]);
  });
});
