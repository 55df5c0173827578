import path from 'node:path';
import { listSaidRuns } from '../../src/core/history/listSaidRuns';
import { recordHistory } from '../../src/core/history/recordHistory';
import { resultsFolderOfRun } from '../../src/core/history/runPlace';
import { loadRecord, recordFile } from '../../src/extension/record/loadRecord';
import { readTrialLog } from '../../src/extension/record/readTrialLog';
import { packSeries } from '../../src/shared/series';
import { hostMessage } from './panelBrowser';

/** What the host tells a page of a real run: its record, its history, and the log of its first trial. */
export async function recordMessages(recordPath: string): Promise<readonly unknown[]> {
  const runFolder = path.dirname(recordPath);
  const { record, series } = await loadRecord(recordFile(recordPath));
  const runs = await listSaidRuns(resultsFolderOfRun(runFolder));
  return [
    hostMessage({
      type: 'record',
      sought: null,
      record,
      series: series.map(packSeries),
      recordPath,
      actions: { canRunAgain: true, whyNot: null },
    }),
    hostMessage({ type: 'history', recordPath, history: await recordHistory(record, runs) }),
    hostMessage({ type: 'log', recordPath, log: await readTrialLog(record, 0, runFolder) }),
  ];
}
