import { tableOfRows, type ProcessTable, type TableRow } from './processTable';
import { runTool, type RunTool } from './runTool';

/**
 * macOS: one `ps` per reading tells all there is (ps(1)): resident memory in KB, CPU in 1/100 s, user and system together.
 * Threads and descriptors it does not tell. Written after recorded output; **not yet run on macOS**.
 */
export function createPsTable(run: RunTool = runTool): ProcessTable {
  // With a header: BSD's ps takes all that follows a `=` for the header of one column, `pid=,ppid=` is two only in Linux's.
  return tableOfRows(
    async () => parsePsTable(await run('ps', ['-axo', 'pid,ppid,rss,time'])),
    () => Promise.resolve(),
  );
}

/** A line per process under a header; what is no process is left out. */
export function parsePsTable(text: string): readonly TableRow[] {
  return text.split('\n').flatMap((line): TableRow[] => {
    const [pid = '', parentPid = '', kilobytes = '', time = ''] = line.trim().split(/\s+/);
    const seconds = parsePsTime(time);
    if (!/^[1-9]\d*$/.test(pid) || seconds === null) return [];
    return [
      {
        pid: Number(pid),
        parentPid: Number(parentPid),
        startedAtMs: null,
        cpuUserSeconds: seconds,
        cpuSystemSeconds: 0,
        rssBytes: Number(kilobytes) * 1024,
        threads: null,
        fds: null,
      },
    ];
  });
}

/**
 * Seconds of a CPU time as `ps` prints it: `M:SS.cc` (macOS, minutes beyond 59 too), `H:MM:SS` or `D-HH:MM:SS` (elsewhere);
 * null for anything else.
 */
export function parsePsTime(text: string): number | null {
  const match = /^(?:(\d+)-)?(?:(\d+):)?(\d+):(\d\d(?:[.,]\d+)?)$/.exec(text);
  if (!match) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds.replace(',', '.'));
}
