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
import { setContextKey } from '../views/contextKeys';
import { pickRun, runsOfArgument } from './runOfArgument';

/** Kept above the others, and from being thrown away with old runs. */
export async function pinBaseline(services: Services, argument: unknown): Promise<void> {
  await annotate(services, argument, 'Pin which run?', () => ({ pinned: true }));
}

export async function unpinBaseline(services: Services, argument: unknown): Promise<void> {
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

export async function editNote(services: Services, argument: unknown): Promise<void> {
  await annotate(services, argument, 'Note something of which run?', async ({ annotation }) => {
    const note = await vscode.window.showInputBox({
      title: 'Note on the Run',
      prompt: 'Shown when the pointer rests on it; empty: none',
      value: annotation.note ?? '',
    });
    return note === undefined ? null : { note };
  });
}

/** Two that are selected, or one with another that is asked for, as a page: the older one first. */
export async function compareRuns(services: Services, argument: unknown, selected: readonly unknown[]): Promise<void> {
  const runs = await runsOfArgument(services, argument, selected, 'Compare which run?');
  const [run, second, ...more] = runs;
  if (more.length > 0) {
    throw new UserError('usage', `${runs.length} runs are selected: two can be compared`, {
      hint: 'The trend of many is in the tab History of each of them.',
    });
  }
  if (!run) return;
  const other = second ?? (await askForOther(services, run));
  if (other !== null) await showCompared(run, other);
}

/** The run that *Compare with Selected* compares with. */
let selectedRun: string | null = null;

export async function selectForCompare(services: Services, argument: unknown): Promise<void> {
  const [run] = await runsOfArgument(services, argument, [], 'Select which run?');
  if (!run) return;
  selectedRun = run.recordPath;
  setContextKey('hasSelectedRun', true);
}

export async function compareWithSelected(services: Services, argument: unknown): Promise<void> {
  const [run] = await runsOfArgument(services, argument, [], 'Compare which run with the selected one?');
  const other = services.library.runs.find(({ recordPath }) => recordPath === selectedRun);
  if (!run) return;
  if (!other || other.recordPath === run.recordPath) {
    throw new UserError('usage', 'No other run is selected for comparison', {
      hint: 'Use Select for Compare on another run first.',
    });
  }
  await showCompared(run, other);
}

async function askForOther(services: Services, run: PastRun): Promise<PastRun | null> {
  const others = services.library.runs.filter(({ recordPath }) => recordPath !== run.recordPath);
  const isAlike = ({ summary }: PastRun): boolean =>
    summary.target === run.summary.target && summary.scenario === run.summary.scenario;
  return pickRun(
    [...others.filter(isAlike), ...others.filter((each) => !isAlike(each))],
    `Compare “${run.annotation.name ?? run.summary.label}” with which run?`,
  );
}

async function showCompared(...runs: readonly [PastRun, PastRun]): Promise<void> {
  const [first, second] = (await Promise.all(runs.map(async ({ folder }) => (await readRecord(folder)).record))).sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt),
  );
  if (!first || !second) return;
  await showText('Two runs', comparedReport(compareRecords(first, second), [first, second]));
}

async function annotate(
  services: Services,
  argument: unknown,
  question: string,
  ask: (run: PastRun) => Annotation | null | Promise<Annotation | null>,
): Promise<void> {
  const [run] = await runsOfArgument(services, argument, [], question);
  if (!run) return;
  const change = await ask(run);
  if (change === null) return;
  await annotateRun(resultsFolderOfRun(run.folder), run.summary.id, change);
  await services.library.refresh();
}
