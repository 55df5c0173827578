import * as vscode from 'vscode';
import type { PickAnswer, PickContent, PickItem, PickManyQuestion, PickQuestion, PickRow, Picker } from './pick';

/** A `Picker` of VS Code's quick picks. Dispose of it when all is answered: it hides the last question. */
export interface MultiStepPick extends Picker, vscode.Disposable {}

interface Item<T> extends vscode.QuickPickItem {
  /** Null for headings. */
  readonly row: PickRow<T> | null;
}

/** One quick pick at a time; each replaces the one before it without a gap. Losing the focus cancels. */
export function createMultiStepPick(): MultiStepPick {
  let shown: vscode.Disposable | null = null;
  const present = <T>(title: string, hasBack: boolean): vscode.QuickPick<Item<T>> => {
    const pick = vscode.window.createQuickPick<Item<T>>();
    pick.title = title;
    pick.ignoreFocusOut = false;
    pick.matchOnDescription = true;
    pick.busy = true;
    if (hasBack) pick.buttons = [vscode.QuickInputButtons.Back];
    return pick;
  };
  const show = (pick: vscode.QuickPick<vscode.QuickPickItem>): void => {
    const before = shown;
    shown = pick;
    pick.show();
    before?.dispose();
  };
  return {
    pickOne<T>(question: PickQuestion<T>) {
      const pick = present<T>(question.title, question.hasBack);
      pick.placeholder = question.placeholder;
      return answerOf<T, T>(pick, show, async (resolve, signal) => {
        pick.onDidAccept(() => {
          const row = pick.selectedItems[0]?.row ?? pick.activeItems[0]?.row;
          if (row) resolve({ type: 'picked', value: row.value });
        });
        const answer = await question.load((content) => {
          if (!signal.aborted) fill(pick, content);
        }, signal);
        if (answer) resolve(answer);
      });
    },
    pickMany<T>(question: PickManyQuestion<T>) {
      const pick = present<T>(question.title, question.hasBack);
      pick.canSelectMany = true;
      return answerOf<T, readonly T[]>(pick, show, async (resolve, signal) => {
        const { rows, checked } = await question.load(signal);
        if (!signal.aborted) askMany(pick, question, { rows, checked }, resolve);
      });
    },
    dispose() {
      shown?.dispose();
      shown = null;
    },
  };
}

/** The first answer: accepting, the back button, hiding, or what loading came to. */
async function answerOf<T, A>(
  pick: vscode.QuickPick<Item<T>>,
  show: (pick: vscode.QuickPick<Item<T>>) => void,
  load: (resolve: (answer: PickAnswer<A>) => void, signal: AbortSignal) => Promise<void>,
): Promise<PickAnswer<A>> {
  const over = new AbortController();
  try {
    return await new Promise<PickAnswer<A>>((resolve, reject) => {
      pick.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve({ type: 'back' });
      });
      pick.onDidHide(() => {
        resolve({ type: 'cancelled' });
      });
      show(pick);
      load(resolve, over.signal).then(() => {
        if (!over.signal.aborted) pick.busy = false;
      }, reject);
    });
  } finally {
    over.abort();
  }
}

function fill<T>(pick: vscode.QuickPick<Item<T>>, content: PickContent<T>): void {
  const isFirst = pick.items.length === 0;
  const activeKey = isFirst ? content.active : (pick.activeItems[0]?.row?.key ?? content.active);
  pick.step = content.step?.number;
  pick.totalSteps = content.step?.of;
  const items = content.items.map(toItem);
  pick.keepScrollPosition = !isFirst;
  pick.items = items;
  pick.activeItems = items.filter(({ row }) => row !== null && row.key === activeKey);
}

function toItem<T>(item: PickItem<T>): Item<T> {
  if (item.type === 'heading') return { label: item.label, kind: vscode.QuickPickItemKind.Separator, row: null };
  const { label, description, detail, icon } = item;
  return {
    label: icon === undefined ? label : `$(${icon}) ${label}`,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    row: item,
  };
}

function askMany<T>(
  pick: vscode.QuickPick<Item<T>>,
  question: PickManyQuestion<T>,
  { rows, checked }: { readonly rows: readonly PickRow<T>[]; readonly checked: readonly string[] },
  resolve: (answer: PickAnswer<readonly T[]>) => void,
): void {
  const button = { iconPath: new vscode.ThemeIcon('arrow-up'), tooltip: question.moveUp };
  const chosen = (): readonly T[] => {
    const keys = new Set(pick.selectedItems.map(({ row }) => row?.key));
    return pick.items.flatMap(({ row }) => (row && keys.has(row.key) ? [row.value] : []));
  };
  const describe = (): void => {
    pick.placeholder = question.describe(chosen());
  };
  const items = rows.map((row): Item<T> => ({ ...toItem(row), buttons: [button] }));
  pick.items = items;
  pick.selectedItems = items.filter(({ row }) => row !== null && checked.includes(row.key));
  describe();
  pick.onDidChangeSelection(describe);
  pick.onDidTriggerItemButton(({ item }) => {
    const selected = new Set([...pick.selectedItems, item]);
    pick.items = [item, ...pick.items.filter((other) => other !== item)];
    pick.selectedItems = pick.items.filter((other) => selected.has(other));
    describe();
  });
  pick.onDidAccept(() => {
    const values = chosen();
    if (values.length >= question.minimum) resolve({ type: 'picked', value: values });
  });
}
