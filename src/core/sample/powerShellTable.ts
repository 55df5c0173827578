import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';
import { tableOfRows, type ProcessTable, type TableRow } from './processTable';

/** The part of a child process that is used here. */
export interface PowerShellProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  once(event: 'exit' | 'error', listener: () => void): unknown;
  kill(): unknown;
}

const answerLimitMs = 10_000;
const mark = 'insights-comparison';

/**
 * Defines what each request calls. Times come in units of 100 ns, memory in bytes, the start in ms of Unix time; a process
 * that may not be looked at has no start.
 */
const program = [
  `$ProgressPreference = 'SilentlyContinue'`,
  `[Console]::OutputEncoding = [Text.Encoding]::UTF8`,
  `$icEpoch = [DateTime]::new(1970, 1, 1, 0, 0, 0, [DateTimeKind]::Utc)`,
  `$icQuery = 'SELECT ProcessId, ParentProcessId, CreationDate, UserModeTime, KernelModeTime, WorkingSetSize, ThreadCount, HandleCount FROM Win32_Process'`,
  `function icRow($p) { $s = $null; if ($p.CreationDate) { $s = [long]($p.CreationDate.ToUniversalTime() - $icEpoch).TotalMilliseconds }; @{ pid = $p.ProcessId; parent = $p.ParentProcessId; start = $s; user = $p.UserModeTime; kernel = $p.KernelModeTime; memory = $p.WorkingSetSize; threads = $p.ThreadCount; handles = $p.HandleCount } }`,
  `function icList($n) { $rows = @(Get-CimInstance -Query $icQuery | ForEach-Object { icRow $_ }); '${mark} ' + (ConvertTo-Json -Compress -Depth 4 -InputObject @{ request = $n; rows = $rows }) }`,
];

const answerSchema = z.object({
  request: z.int(),
  rows: z.array(
    z.object({
      pid: z.int(),
      parent: z.int(),
      start: z.number().nullable(),
      user: z.number(),
      kernel: z.number(),
      memory: z.number(),
      threads: z.number(),
      handles: z.number(),
    }),
  ),
});

/**
 * Windows: one PowerShell for the whole load, which answers each request on its stdin with one JSON line: starting one costs
 * some 300 ms of CPU, a listing a fraction of that. Rejects when it cannot be started, ends, or does not answer within 10 s.
 * Written after the documentation of Win32_Process; **not yet run on Windows**.
 */
export function createPowerShellTable(start: () => PowerShellProcess = startPowerShell): ProcessTable {
  let shell: OpenShell | null = null;
  return tableOfRows(
    async () => {
      shell ??= openShell(start());
      return shell.list();
    },
    () => {
      shell?.close();
      return Promise.resolve();
    },
  );
}

function startPowerShell(): PowerShellProcess {
  // Commands by stdin, each carried out as soon as its line is complete.
  return spawn('powershell.exe', ['-NoProfile', '-NonInteractive', '-NoLogo', '-Command', '-'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
}

interface OpenShell {
  list(): Promise<readonly TableRow[]>;
  close(): void;
}

interface Waiting {
  resolve(rows: readonly TableRow[]): void;
  reject(error: Error): void;
}

function openShell(shell: PowerShellProcess): OpenShell {
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  let end: Error | null = null;

  function fail(message: string): void {
    end ??= new Error(message);
    for (const { reject } of waiting.values()) reject(end);
    waiting.clear();
  }

  shell.once('error', () => {
    fail('PowerShell could not be started');
  });
  shell.once('exit', () => {
    fail('PowerShell ended');
  });
  shell.stdin.on('error', () => {
    fail('PowerShell takes no more requests');
  });
  createInterface({ input: shell.stdout }).on('line', (line) => {
    const answer = parseAnswer(line);
    if (answer === null) return;
    waiting.get(answer.request)?.resolve(answer.rows);
    waiting.delete(answer.request);
  });
  shell.stdin.write(`${program.join('\n')}\n`);

  return {
    async list() {
      if (end) throw end;
      requests += 1;
      const request = requests;
      const timer = setTimeout(() => {
        fail('PowerShell does not answer');
        shell.kill();
      }, answerLimitMs);
      try {
        return await new Promise<readonly TableRow[]>((resolve, reject) => {
          waiting.set(request, { resolve, reject });
          shell.stdin.write(`icList ${request}\n`);
        });
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      fail('The table was closed');
      shell.stdin.end();
      shell.kill();
    },
  };
}

/** A line that answers a request; null for all else that a PowerShell prints (prompts, echoed commands). */
export function parseAnswer(line: string): { readonly request: number; readonly rows: readonly TableRow[] } | null {
  const at = line.indexOf(`${mark} {`);
  if (at < 0) return null;
  const parsed = answerSchema.safeParse(jsonOrNull(line.slice(at + mark.length + 1)));
  if (!parsed.success) return null;
  const { request, rows } = parsed.data;
  return {
    request,
    // Pid 0 is no process but the idle time of all cores.
    rows: rows
      .filter(({ pid }) => pid > 0)
      .map((row) => ({
        pid: row.pid,
        parentPid: row.parent,
        startedAtMs: row.start,
        cpuUserSeconds: row.user / 1e7,
        cpuSystemSeconds: row.kernel / 1e7,
        rssBytes: row.memory,
        threads: row.threads,
        fds: row.handles,
      })),
  };
}

function jsonOrNull(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
