import path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../shared/assertNever';
import type { RunEvent } from '../../shared/events';
import { emptyLiveRun, type LiveRun } from '../../shared/liveRun';
import type { HostMessage, PageMessage } from '../../shared/panelProtocol';
import type { Logs } from '../logs';
import { openRecord } from '../record/openRecord';
import { createRecordPage, type RecordPage } from '../record/recordPage';
import type { RunController } from '../run/runController';
import type { RunLibrary } from '../views/runLibrary';
import { showError } from '../showError';
import { attachPage } from './attachPage';
import { createPageFeed, type PageFeed } from './pageFeed';
import { panelContent, panelTitle } from './panelContent';

export const panelViewType = 'insightsComparison.panel';

/** One panel with its page. */
export interface RunPanel extends vscode.Disposable {
  reveal(): void;
  isVisible(): boolean;
  /** What is to be shown has changed as a whole: a run has begun or ended. */
  renew(): void;
  /** The charts of a live run stand still, or go on. */
  freeze(): void;
  /** The run goes on: its target may be known by now. */
  retitle(): void;
  forward(events: readonly RunEvent[]): void;
}

export interface RunPanelDeps {
  readonly distFolder: string;
  readonly controller: RunController;
  readonly library: RunLibrary;
  readonly logs: Logs;
  /** What the host knows of the folder now. */
  state(): { readonly run: LiveRun | null; readonly restored: string | null };
  onClosed(): void;
}

/** The record that stands in the panel, with its page. */
interface ShownRecord {
  readonly recordPath: string;
  readonly page: RecordPage;
  readonly subscription: vscode.Disposable;
}

/** Fills a panel, new or brought back after a reload of the window. Its `dispose` lets go of it without closing it. */
export function createRunPanel(panel: vscode.WebviewPanel, folder: string, deps: RunPanelDeps): RunPanel {
  const onError = (error: unknown): void => void showError(error, deps.logs);
  let shown: ShownRecord | null = null;

  const showRecord = (recordPath: string): RecordPage => {
    if (shown?.recordPath === recordPath) return shown.page;
    hideRecord();
    const page = createRecordPage(vscode.Uri.file(recordPath), deps);
    const subscription = vscode.Disposable.from(
      page.onDidChange(() => feed.renew()),
      page.onDidAnswer((message) => feed.answer(message)),
    );
    shown = { recordPath, page, subscription };
    return page;
  };
  const hideRecord = (): void => {
    shown?.subscription.dispose();
    shown?.page.dispose();
    shown = null;
  };
  const content = (): HostMessage | Promise<HostMessage> => {
    const { run, restored } = deps.state();
    const now = panelContent(run, restored) ?? { type: 'live', run: emptyLiveRun };
    if (now.type === 'live') {
      hideRecord();
      return { type: 'live', run: now.run };
    }
    return showRecord(now.recordPath)
      .message()
      .then((message) => {
        if (message.type === 'record') panel.title = panelTitle(message.record.plan, folder);
        return message;
      });
  };
  const feed: PageFeed = createPageFeed(
    { isVisible: () => panel.visible, post: (message) => void panel.webview.postMessage(message), content },
    onError,
  );
  const retitle = (): void => {
    const title = panelTitle(deps.state().run?.comparison?.plan ?? null, folder);
    if (shown === null && panel.title !== title) panel.title = title;
  };

  panel.iconPath = iconPath(deps.distFolder);
  retitle();
  const store = vscode.Disposable.from(
    attachPage(panel.webview, deps, (message) => {
      if (message.type === 'ready') feed.ready();
      else handle(message, folder, shown?.page ?? null, deps).then((answer) => feed.answer(answer), onError);
    }),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) feed.hidden();
    }),
  );
  const letGo = (): void => {
    feed.hidden();
    hideRecord();
    store.dispose();
  };
  panel.onDidDispose(() => {
    letGo();
    deps.onClosed();
  });

  return {
    reveal: () => panel.reveal(undefined, true),
    isVisible: () => panel.visible,
    renew: () => {
      feed.renew();
      retitle();
    },
    retitle,
    freeze: () => feed.answer({ type: 'freeze' }),
    forward: (events) => feed.forward(events),
    dispose: letGo,
  };
}

/** Does what the page asks for, and returns what answers it. A page that shows a record speaks of that record. */
async function handle(
  message: PageMessage,
  folder: string,
  record: RecordPage | null,
  deps: RunPanelDeps,
): Promise<HostMessage | null> {
  if (record !== null) return record.handle(message);
  await handleLive(message, folder, deps);
  return null;
}

async function handleLive(message: PageMessage, folder: string, deps: RunPanelDeps): Promise<void> {
  const { controller } = deps;
  // A page can only end the run that it shows.
  const isOn = controller.current?.request.folder === folder;
  switch (message.type) {
    case 'stop':
      if (isOn) controller.stop();
      return;
    case 'force':
      if (isOn) controller.force();
      return;
    case 'runAgain':
      await vscode.commands.executeCommand('insightsComparison.rerunLast');
      return;
    case 'showLog':
      await vscode.commands.executeCommand('insightsComparison.showLog');
      return;
    case 'openResult':
      return openResult(deps.state().run, message.index);
    case 'ready':
    case 'exportReport':
    case 'copyMarkdown':
    case 'copyCli':
    case 'openCode':
    case 'readHistory':
    case 'readLog':
      return;
    default:
      return assertNever(message);
  }
}

async function openResult(run: LiveRun | null, index: number): Promise<void> {
  const recordPath = run?.results[index]?.recordPath;
  if (recordPath) await openRecord(recordPath);
}

function iconPath(distFolder: string): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const media = path.join(path.dirname(distFolder), 'media');
  return {
    light: vscode.Uri.file(path.join(media, 'panel-light.svg')),
    dark: vscode.Uri.file(path.join(media, 'panel-dark.svg')),
  };
}
