import * as vscode from 'vscode';
import { attachPage } from '../panel/attachPage';
import { createPageFeed } from '../panel/pageFeed';
import { showError } from '../showError';
import { forgetSought } from './soughtEndpoint';
import { createRecordPage, type RecordPageDeps } from './recordPage';

export const recordViewType = 'insightsComparison.record';

/** `*.insights.json` opens as the result page, read-only; in folders that are not trusted as well, since nothing of it is run. */
export function registerRecordEditor(deps: RecordPageDeps): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, editor) => {
      showRecord(uri, editor, deps);
    },
  };
  return vscode.window.registerCustomEditorProvider(recordViewType, provider, {
    supportsMultipleEditorsPerDocument: true,
    webviewOptions: { retainContextWhenHidden: false },
  });
}

function showRecord(uri: vscode.Uri, editor: vscode.WebviewPanel, deps: RecordPageDeps): void {
  const onError = (error: unknown): void => void showError(error, deps.logs);
  const page = createRecordPage(uri, deps);
  const feed = createPageFeed(
    {
      isVisible: () => editor.visible,
      post: (message) => void editor.webview.postMessage(message),
      content: async () => page.message(),
    },
    onError,
  );
  const store = vscode.Disposable.from(
    page,
    page.onDidChange(() => feed.renew()),
    attachPage(editor.webview, deps, (message) => {
      if (message.type === 'ready') feed.ready();
      else page.handle(message).then(feed.answer, onError);
    }),
    page.onDidAnswer(feed.answer),
    editor.onDidChangeViewState(() => {
      if (editor.visible) return;
      feed.hidden();
      forgetSought(uri.fsPath);
    }),
  );
  editor.onDidDispose(() => {
    feed.hidden();
    forgetSought(uri.fsPath);
    store.dispose();
  });
}
