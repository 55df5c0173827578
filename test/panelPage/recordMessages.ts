import path from 'node:path';
import { listSaidRuns } from '../../src/core/history/listSaidRuns';
import { recordHistory } from '../../src/core/history/recordHistory';
import { resultsFolderOfRun } from '../../src/core/history/runPlace';
import { loadRecord, recordFile } from '../../src/extension/record/loadRecord';
import { readTrialLog } from '../../src/extension/record/readTrialLog';
import type { HostMessage } from '../../src/shared/panelProtocol';
import { packSeries, type TrialSeries } from '../../src/shared/series';
import { hostMessage } from './panelBrowser';

type RecordMessage = Extract<HostMessage, { readonly type: 'record' }>;

/** What the host tells a page first: what to show, and whether it may be run again (yes, where nothing else is said). */
export function recordMessage({
  series,
  ...rest
}: Pick<RecordMessage, 'record' | 'recordPath'> &
  Partial<Pick<RecordMessage, 'actions' | 'sought'>> & { readonly series: readonly TrialSeries[] }): unknown {
  const actions = { canRunAgain: true, whyNot: null };
  return hostMessage({ type: 'record', sought: null, actions, ...rest, series: series.map(packSeries) });
}

/** What the host tells a page of a real run: its record, its history, and the log of its first trial. */
export async function recordMessages(recordPath: string): Promise<readonly unknown[]> {
  const runFolder = path.dirname(recordPath);
  const { record, series } = await loadRecord(recordFile(recordPath));
  const runs = await listSaidRuns(resultsFolderOfRun(runFolder));
  return [
    recordMessage({ record, series, recordPath }),
    hostMessage({ type: 'history', recordPath, history: await recordHistory(record, runs) }),
    hostMessage({ type: 'log', recordPath, log: await readTrialLog(record, 0, runFolder) }),
  ];
}
