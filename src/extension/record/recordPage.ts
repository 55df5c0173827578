import path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../shared/assertNever';
import type { HostMessage, PageMessage } from '../../shared/panelProtocol';
import { UserError } from '../../shared/userError';
import type { Logs } from '../logs';
import type { RunController } from '../run/runController';
import type { RunLibrary } from '../views/runLibrary';
import { debounced } from '../views/debounced';
import type { LoadedRecord, RecordSource } from './loadRecord';
import type * as RecordActions from './recordActions';
import { recordActionStates } from './recordActionStates';
import { onSought, soughtIn } from './soughtEndpoint';

export interface RecordPageDeps {
  readonly distFolder: string;
  readonly controller: RunController;
  readonly library: RunLibrary;
  readonly logs: Logs;
}

/** One record on one page, in the panel or in an editor of its own; follows the file, which a run may still be writing. */
export interface RecordPage extends vscode.Disposable {
  /** What the page should show: the record, or why there is none. */
  message(): Promise<HostMessage>;
  /** Does what the page asks for, and returns what answers it; what is not about a record is passed over. Throws what the action throws. */
  handle(message: PageMessage): Promise<HostMessage | null>;
  /** `message()` has changed: the file, whether it can be run again. */
  readonly onDidChange: vscode.Event<void>;
  /** Something that the page has asked for before is another one now. */
  readonly onDidAnswer: vscode.Event<HostMessage>;
}

const settleMs = 250;

/** Reads nothing before the first `message()`. */
export function createRecordPage(uri: vscode.Uri, deps: RecordPageDeps): RecordPage {
  const changed = new vscode.EventEmitter<void>();
  const answered = new vscode.EventEmitter<HostMessage>();
  let isHistoryShown = false;
  let loading: Promise<LoadedRecord> | null = null;
  let digest: string | null = null;

  const load = (): Promise<LoadedRecord> => {
    loading ??= read(uri);
    return loading;
  };
  const reload = debounced(settleMs, () => {
    const fresh = read(uri);
    loading = fresh;
    // Trial files change beside the record; the record itself is written after each trial, and that is when the page is renewed.
    fresh.then(
      (loaded) => {
        if (loaded.digest !== digest) changed.fire();
      },
      () => changed.fire(),
    );
  });

  const message = async (): Promise<HostMessage> => {
    try {
      const loaded = await load();
      digest = loaded.digest;
      const page = await recordMessage(loaded, uri);
      return { ...page, actions: actionsOf(uri, deps.controller), sought: soughtIn(uri.fsPath) };
    } catch (error) {
      digest = null;
      return problemMessage(error, deps.logs);
    }
  };

  const watcher = watchFile(uri, reload.call);
  const states = watchActionStates(deps.controller, () => changed.fire());
  const stopSeeking = onSought((recordPath) => {
    if (recordPath === uri.fsPath) changed.fire();
  });
  const history = async (): Promise<HostMessage> => {
    const { recordHistory } = await import('../../core/history/recordHistory');
    const { record } = await load();
    const place = deps.library.runs.find(({ recordPath }) => recordPath === uri.fsPath)?.resultsFolder;
    const beside = deps.library.runs.filter(({ resultsFolder }) => resultsFolder === place);
    return { type: 'history', recordPath: uri.fsPath, history: await recordHistory(record, beside) };
  };
  const followHistory = deps.library.onDidChange(() => {
    if (!isHistoryShown) return;
    history().then(
      (answer) => answered.fire(answer),
      (error: unknown) => deps.logs.own.error(error instanceof Error ? error : String(error)),
    );
  });
  return {
    message,
    onDidChange: changed.event,
    onDidAnswer: answered.event,
    handle: async (asked) => {
      if (asked.type === 'readHistory') {
        isHistoryShown = true;
        return history();
      }
      return handle(asked, uri, { deps, load });
    },
    dispose: () => {
      followHistory.dispose();
      answered.dispose();
      reload.dispose();
      watcher.dispose();
      states.dispose();
      stopSeeking();
      changed.dispose();
    },
  };
}

/** The readers of records and the writers of reports are loaded when a record is first read. */
async function read(uri: vscode.Uri): Promise<LoadedRecord> {
  const { loadRecord, recordFile } = await import('./loadRecord');
  return loadRecord(uri.scheme === 'file' ? recordFile(uri.fsPath) : editorSource(uri));
}

async function handle(
  asked: PageMessage,
  uri: vscode.Uri,
  { deps, load }: { readonly deps: RecordPageDeps; readonly load: () => Promise<LoadedRecord> },
): Promise<HostMessage | null> {
  const actions = async (): Promise<typeof RecordActions> => import('./recordActions');
  switch (asked.type) {
    case 'exportReport':
      await (await actions()).exportLoaded(await load(), { recordPath: uri.fsPath, distFolder: deps.distFolder });
      return null;
    case 'copyMarkdown':
      await (await actions()).copyMarkdownOf((await load()).record);
      return null;
    case 'copyCli':
      await (await actions()).copyCliOf((await load()).record);
      return null;
    case 'openCode': {
      const { openCode } = await import('./openCode');
      await openCode((await load()).record, asked.endpoint, uri.fsPath);
      return null;
    }
    case 'readLog': {
      const { readTrialLog } = await import('./readTrialLog');
      const { record } = await load();
      const log = await readTrialLog(record, asked.position, path.dirname(uri.fsPath));
      return { type: 'log', recordPath: uri.fsPath, log };
    }
    case 'runAgain':
      // The page's buttons may be older than what is so now.
      if (actionsOf(uri, deps.controller).canRunAgain)
        await vscode.commands.executeCommand('insightsComparison.runAgain', uri.fsPath);
      return null;
    case 'showLog':
      await vscode.commands.executeCommand('insightsComparison.showLog');
      return null;
    case 'ready':
    case 'stop':
    case 'force':
    case 'openResult':
    case 'readHistory':
      return null;
    default:
      return assertNever(asked);
  }
}

async function recordMessage(
  { record, series }: LoadedRecord,
  uri: vscode.Uri,
): Promise<Omit<Extract<HostMessage, { type: 'record' }>, 'actions' | 'sought'>> {
  const { packSeries } = await import('../../shared/series');
  return { type: 'record', record, series: series.map(packSeries), recordPath: uri.fsPath };
}

function problemMessage(error: unknown, logs: Logs): HostMessage {
  if (error instanceof UserError) return { type: 'problem', message: error.message, hint: error.hint ?? null };
  logs.own.error(error instanceof Error ? error : String(error));
  const message = error instanceof Error ? error.message : String(error);
  return {
    type: 'problem',
    message: `Something went wrong inside Insights comparison: ${message}`,
    hint: 'The log has the details.',
  };
}

function actionsOf(uri: vscode.Uri, controller: RunController): ReturnType<typeof recordActionStates> {
  return recordActionStates({
    isTrusted: vscode.workspace.isTrusted,
    isRunning: controller.current !== null,
    isOnDisk: uri.scheme === 'file',
  });
}

/** Calls back when a run begins or has ended, and when the folder becomes trusted: seldom, so the page may be told as a whole. */
function watchActionStates(controller: RunController, onChange: () => void): vscode.Disposable {
  let wasRunning = controller.current !== null;
  const check = (): void => {
    const isRunning = controller.current !== null;
    if (isRunning === wasRunning) return;
    wasRunning = isRunning;
    onChange();
  };
  return vscode.Disposable.from(
    controller.onDidChange(check),
    controller.onDidEnd(check),
    vscode.workspace.onDidGrantWorkspaceTrust(onChange),
  );
}

function watchFile(uri: vscode.Uri, onChange: () => void): vscode.Disposable {
  if (uri.scheme !== 'file') return new vscode.Disposable(() => undefined);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(onChange),
    watcher.onDidCreate(onChange),
    watcher.onDidDelete(onChange),
  );
}

/** A version that only the editor can reach, such as the left side of a comparison with Git: it has no trial files. */
function editorSource(uri: vscode.Uri): RecordSource {
  return {
    file: uri.fsPath,
    folder: null,
    sizeBytes: async () => (await vscode.workspace.fs.stat(uri)).size,
    text: async () => Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8'),
  };
}
