import * as vscode from 'vscode';
import { annotateRun, type Annotation } from '../../core/history/annotations';
import { readRecord } from '../../core/history/readRecord';
import { resultsFolderOfRun } from '../../core/history/runPlace';
import { comparedReport } from '../../core/report/comparedReport';
import { compareRecords } from '../../shared/comparing/compareRecords';
import { UserError } from '../../shared/userError';
import type { Services } from '../services';
import type { PastRun } from '../views/runLibrary';
import { showText } from '../views/textPages';
import { pickRun, runOfArgument } from './runOfArgument';

/** Kept above the others, and from being thrown away with old runs. */
export async function pinRun(services: Services, argument: unknown): Promise<void> {
  await annotate(services, argument, 'Pin which run?', () => ({ pinned: true }));
}

export async function unpinRun(services: Services, argument: unknown): Promise<void> {
  await annotate(services, argument, 'Unpin which run?', () => ({ pinned: false }));
}

export async function renameRun(services: Services, argument: unknown): Promise<void> {
  await annotate(services, argument, 'Rename which run?', async ({ annotation, summary }) => {
    const name = await vscode.window.showInputBox({
      title: 'Rename the Run',
      prompt: 'Empty: its verdict',
      value: annotation.name ?? '',
      placeHolder: summary.label,
    });
    return name === undefined ? null : { name };
  });
}

export async function noteRun(services: Services, argument: unknown): Promise<void> {
  await annotate(services, argument, 'Note something of which run?', async ({ annotation }) => {
    const note = await vscode.window.showInputBox({
      title: 'Note on the Run',
      prompt: 'Shown when the pointer rests on it; empty: none',
      value: annotation.note ?? '',
    });
    return note === undefined ? null : { note };
  });
}

/** With another run, that is asked for, as a page: the older one first. */
export async function compareRun(services: Services, argument: unknown): Promise<void> {
  const run = await pastRun(services, argument, 'Compare which run?');
  if (run === null) return;
  const others = services.library.runs.filter(({ recordPath }) => recordPath !== run.recordPath);
  const isAlike = ({ summary }: PastRun): boolean =>
    summary.target === run.summary.target && summary.scenario === run.summary.scenario;
  const other = await pickRun(
    [...others.filter(isAlike), ...others.filter((each) => !isAlike(each))],
    `Compare “${run.annotation.name ?? run.summary.label}” with which run?`,
  );
  if (other === null) return;
  const [first, second] = (
    await Promise.all([run, other].map(async ({ folder }) => (await readRecord(folder)).record))
  ).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  if (!first || !second) return;
  await showText('Two runs', comparedReport(compareRecords(first, second), [first, second]));
}

async function annotate(
  services: Services,
  argument: unknown,
  question: string,
  ask: (run: PastRun) => Annotation | null | Promise<Annotation | null>,
): Promise<void> {
  const run = await pastRun(services, argument, question);
  const change = run === null ? null : await ask(run);
  if (run === null || change === null) return;
  await annotateRun(resultsFolderOfRun(run.folder), run.summary.id, change);
  await services.library.refresh();
}

async function pastRun(services: Services, argument: unknown, question: string): Promise<PastRun | null> {
  const place = await runOfArgument(services, argument, question);
  if (place === null) return null;
  const run = services.library.runs.find(({ recordPath }) => recordPath === place.recordPath);
  if (run) return run;
  throw new UserError('usage', `${place.recordPath} is none of the runs of this window`, {
    hint: 'Open the folder that it was run in.',
  });
}
