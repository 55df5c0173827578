import path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../shared/assertNever';
import { problemRow, scenarioRow, variantRow, type PlainRow } from './environmentRows';
import type { ProjectLibrary } from './projectLibrary';
import type { Problem, ProjectOverview, ScenarioOverview, TargetOverview, VariantOverview } from './readProject';

/** A row of the view *Scenarios & environments*. A scenario's row is the argument of `insightsComparison.runScenario`. */
export type EnvironmentsTreeRow =
  | { readonly type: 'folder'; readonly project: ProjectOverview }
  | { readonly type: 'target'; readonly project: ProjectOverview; readonly of: TargetOverview }
  | { readonly type: 'scenarios' | 'environments'; readonly project: ProjectOverview; readonly of: TargetOverview }
  | {
      readonly type: 'scenario';
      readonly folder: string;
      readonly target: string;
      readonly scenario: string;
      readonly of: ScenarioOverview;
    }
  | { readonly type: 'variant'; readonly folder: string; readonly of: VariantOverview }
  | { readonly type: 'problem'; readonly projectFile: string | null; readonly problem: Problem };

/** Targets with the scenarios that can be run, and the environments they are compared in. */
export function createEnvironmentsTree({ projects }: { readonly projects: ProjectLibrary }): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<EnvironmentsTreeRow> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row === undefined ? rootRows(projects.projects) : childrenOf(row)),
    getTreeItem: treeItem,
  };
  const view = vscode.window.createTreeView('insightsComparison.environments', { treeDataProvider: provider });
  const update = (): void => {
    view.message = messageFor(projects.projects);
    if (view.visible) changed.fire(undefined);
  };
  const onVisible = (): void => {
    if (!view.visible) return;
    projects.ensureFresh();
    update();
  };
  onVisible();
  return vscode.Disposable.from(view, changed, view.onDidChangeVisibility(onVisible), projects.onDidChange(update));
}

/** Empty: none. */
function messageFor(projects: readonly ProjectOverview[]): string {
  if (!vscode.workspace.isTrusted) return 'Nothing is run in a folder that is not trusted.';
  const isEmpty = projects.every(({ targets, problem }) => targets.length === 0 && problem === null);
  return isEmpty && projects.length > 0 ? 'No Django or Flask app was found.' : '';
}

function rootRows(projects: readonly ProjectOverview[]): EnvironmentsTreeRow[] {
  const [only, ...others] = projects;
  if (only === undefined) return [];
  return others.length === 0
    ? projectRows(only)
    : projects.map((project): EnvironmentsTreeRow => ({ type: 'folder', project }));
}

function projectRows(project: ProjectOverview): EnvironmentsTreeRow[] {
  const { projectFile, problem, targets } = project;
  return problem === null
    ? targets.map((of): EnvironmentsTreeRow => ({ type: 'target', project, of }))
    : [{ type: 'problem', projectFile, problem }];
}

function childrenOf(row: EnvironmentsTreeRow): EnvironmentsTreeRow[] {
  switch (row.type) {
    case 'folder':
      return projectRows(row.project);
    case 'target':
      return [
        { ...row, type: 'scenarios' },
        { ...row, type: 'environments' },
      ];
    case 'scenarios': {
      const { folder } = row.project;
      const target = row.of.name;
      return row.of.scenarios.map((of) => ({ type: 'scenario', folder, target, scenario: of.name, of }));
    }
    case 'environments':
      return row.of.variants.map((of) => ({ type: 'variant', folder: row.project.folder, of }));
    case 'scenario':
    case 'variant':
    case 'problem':
      return [];
    default:
      return assertNever(row);
  }
}

function treeItem(row: EnvironmentsTreeRow): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (row.type) {
    case 'folder':
      return group(path.basename(row.project.folder), 'root-folder', Expanded);
    case 'target':
      // One target is what most projects have: nothing needs to be opened then.
      return group(row.of.name, 'server-process', row.project.targets.length === 1 ? Expanded : Collapsed);
    case 'scenarios':
      return group('Scenarios', 'dashboard', Expanded);
    case 'environments':
      return group('Environments', 'symbol-variable', Expanded);
    case 'scenario': {
      const item = plainItem(scenarioRow(row.of), new vscode.ThemeIcon('play-circle'));
      item.contextValue = 'scenario';
      return item;
    }
    case 'variant':
      return variantItem(row.of, row.folder);
    case 'problem':
      return opening(row.projectFile, plainItem(problemRow(row.problem), problemIcon()));
    default:
      return assertNever(row);
  }
}

function variantItem(variant: VariantOverview, folder: string): vscode.TreeItem {
  const icon = variant.problem === null ? new vscode.ThemeIcon('symbol-variable') : problemIcon();
  const item = opening(variant.files.at(-1) ?? null, plainItem(variantRow(variant, folder), icon));
  item.contextValue = 'variant';
  return item;
}

function group(label: string, icon: string, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function plainItem(
  { label, description, tooltip, accessibleLabel }: PlainRow,
  icon: vscode.ThemeIcon,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.iconPath = icon;
  item.tooltip = new vscode.MarkdownString(tooltip.join('\n\n'));
  item.accessibilityInformation = { label: accessibleLabel };
  return item;
}

function problemIcon(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}

/** A click opens the file, to be read or mended. */
function opening(file: string | null, item: vscode.TreeItem): vscode.TreeItem {
  if (file !== null) {
    item.command = { command: 'vscode.open', title: 'Open the File', arguments: [vscode.Uri.file(file)] };
  }
  return item;
}
