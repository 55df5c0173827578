import * as vscode from 'vscode';
import type { Services } from '../services';
import { runGroupings, type RunGrouping } from '../views/runGroups';

/** Leaves rows out of *Runs* while the words are typed; Escape brings back what was there before. */
export async function filterRuns({ runsView }: Services): Promise<void> {
  const before = runsView.filter;
  const input = vscode.window.createInputBox();
  input.title = 'Filter Runs';
  input.placeholder = 'Words of a verdict, name, note, app, scenario, branch, commit or date; empty shows all';
  input.value = before;
  await new Promise<void>((resolve) => {
    let isAccepted = false;
    input.onDidChangeValue((text) => runsView.setFilter(text));
    input.onDidAccept(() => {
      isAccepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!isAccepted) runsView.setFilter(before);
      input.dispose();
      resolve();
    });
    input.show();
  });
}

const groupingLabels: Readonly<Record<RunGrouping, string>> = {
  date: 'By date',
  scenario: 'By app and scenario',
  branch: 'By branch',
};

/** How the rows of *Runs* are put together. */
export async function chooseGrouping({ runsView }: Services): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    runGroupings.map((grouping) => ({
      label: groupingLabels[grouping],
      description: grouping === runsView.grouping ? 'as it is' : '',
      grouping,
    })),
    { placeHolder: 'Group the runs' },
  );
  if (picked) runsView.setGrouping(picked.grouping);
}

/** The charts of the run that is on stand still, to be read; once more, and they go on. */
export async function freezeCharts({ panels }: Services): Promise<void> {
  if (panels.freeze()) return;
  await vscode.window.showInformationMessage('No panel that can be seen shows a run that is on.');
}
