import * as vscode from 'vscode';

const scheme = 'insights-comparison';
const texts = new Map<string, string>();
let registration: vscode.Disposable | null = null;

/** Shows Markdown in the editor's own preview, as a page that is nowhere on disk. */
export async function showText(title: string, markdown: string): Promise<void> {
  registration ??= vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? '',
  });
  const path = `/${texts.size + 1}/${title}.md`;
  texts.set(path, markdown);
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path }));
}

/** For the end of the extension. */
export function closeTextPages(): void {
  registration?.dispose();
  registration = null;
  texts.clear();
}
