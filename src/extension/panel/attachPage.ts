import path from 'node:path';
import * as vscode from 'vscode';
import type { PageMessage } from '../../shared/panelProtocol';
import type { Logs } from '../logs';
import { showError } from '../showError';
import { createNonce, pageHtml } from './pageHtml';

/**
 * Loads the page into a webview and hands on its messages. What is not one of ours is dropped. Subscribed before the document is set, so
 * that no `ready` is missed.
 */
export function attachPage(
  webview: vscode.Webview,
  { distFolder, logs }: { readonly distFolder: string; readonly logs: Logs },
  onMessage: (message: PageMessage) => void,
): vscode.Disposable {
  const pages = vscode.Uri.file(path.join(distFolder, 'webview'));
  const take = async (value: unknown): Promise<void> => {
    // Loaded with the first page, not with the extension. Messages stay in their order: each waits for the same module.
    const { readPageMessage } = await import('./readPageMessage');
    const message = readPageMessage(value);
    if (message === null) logs.own.debug('A message of a page is not one of ours and was dropped.');
    else onMessage(message);
  };
  const subscription = webview.onDidReceiveMessage((value: unknown) => {
    take(value).catch((error: unknown) => void showError(error, logs));
  });
  webview.options = { enableScripts: true, localResourceRoots: [pages] };
  webview.html = pageHtml({
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(pages, 'page.js')).toString(),
    cspSource: webview.cspSource,
    nonce: createNonce(),
  });
  return subscription;
}
