import { open } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../../core/isInside';
import type { TrialLogText } from '../../shared/panelProtocol';
import type { ComparisonRecord } from '../../shared/record';

/** More than anybody reads in a panel; the file itself is beside the record. */
const mostBytes = 200_000;

/** The end of a trial's log, as it stands in the record's folder. Nothing outside of that folder is read. */
export async function readTrialLog(
  record: Pick<ComparisonRecord, 'trials' | 'capacity'>,
  position: number,
  folder: string,
): Promise<TrialLogText> {
  const none: TrialLogText = { position, text: null, leftOutBytes: 0 };
  const trial = [...record.trials, ...record.capacity].find((each) => each.position === position);
  if (trial === undefined) return none;
  const file = path.resolve(folder, trial.log);
  if (!isInside(file, folder)) return none;
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return none;
  try {
    const { size } = await handle.stat();
    const leftOutBytes = Math.max(0, size - mostBytes);
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(size - leftOutBytes),
      0,
      size - leftOutBytes,
      leftOutBytes,
    );
    return { position, text: buffer.subarray(0, bytesRead).toString('utf8'), leftOutBytes };
  } finally {
    await handle.close();
  }
}
