import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A Python program for tests that does measurable things on request: burns CPU, holds threads, files and memory. */
const program = `
import json, os, resource, subprocess, sys, threading, time

def burn(ms):
    end = time.thread_time() + ms / 1000
    while time.thread_time() < end:
        pass

def burn_in_threads(count, ms):
    threads = [threading.Thread(target=burn, args=(ms,)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

def burn_in_children(count, ms):
    for _ in range(count):
        pid = os.fork()
        if pid == 0:
            burn(ms)
            os._exit(0)
        os.waitpid(pid, 0)

def daemon(ms):
    # Forks twice, in a session of its own: its parent is init by the time it burns.
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            burn(ms)
            os.write(write, str(os.getpid()).encode())
            if len(kept) == 0:
                os._exit(0)
            threading.Event().wait()
        os._exit(0)
    os.wait()
    return int(os.read(read, 20))

kept = []
children = []

def keep_threads(count):
    for _ in range(count):
        thread = threading.Thread(target=threading.Event().wait, daemon=True)
        thread.start()

def keep_files(count):
    kept.extend(open('/dev/null') for _ in range(count))

def keep_megabytes(count):
    block = bytearray(count * 1024 * 1024)
    for i in range(0, len(block), 4096):
        block[i] = 1
    kept.append(block)

def start_child(ms):
    child = subprocess.Popen([sys.executable, '-I', '-S', '-c', sys.argv[1], sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    children.append(child)
    child.stdin.write(json.dumps(['burn', ms]) + '\\n')
    child.stdin.flush()
    child.stdout.readline()
    return child.pid

def start_grandchild(ms):
    # A child of the child that was started last.
    parent = children[-1]
    parent.stdin.write(json.dumps(['start_child', ms]) + '\\n')
    parent.stdin.flush()
    return json.loads(parent.stdout.readline())

def end_child():
    child = children.pop()
    child.stdin.close()
    child.wait()

def switch(count):
    for _ in range(count):
        time.sleep(0.0002)

def switches():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_nvcsw + own.ru_nivcsw

def write_disk(path, size):
    # By a child, which then stays until it is waited for.
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        with open(path, 'wb') as file:
            file.write(b'x' * size)
            file.flush()
            os.fsync(file.fileno())
        os.write(write, b'.')
        threading.Event().wait()
    os.read(read, 1)
    return pid

def end_writer(pid):
    os.kill(pid, 9)
    os.waitpid(pid, 0)

def usage():
    both = [resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)

for line in sys.stdin:
    name, *words = json.loads(line)
    sys.stdout.write(json.dumps(globals()[name](*words)) + '\\n')
    sys.stdout.flush()
`;

export type LabCommand =
  | 'burn'
  | 'burn_in_threads'
  | 'burn_in_children'
  | 'daemon'
  | 'keep_threads'
  | 'keep_files'
  | 'keep_megabytes'
  | 'start_child'
  | 'start_grandchild'
  | 'end_child'
  | 'switch'
  | 'switches'
  | 'write_disk'
  | 'end_writer'
  | 'usage';

export interface LabProcess {
  readonly pid: number;
  /** Resolves when it is done, with what it answers. */
  ask(command: LabCommand, ...words: readonly (number | string)[]): Promise<unknown>;
  /** Its CPU seconds and those of the children that it waited for, by its own account. */
  usageSeconds(): Promise<number>;
  close(): Promise<void>;
}

let foundPython: string | undefined;

/** The interpreter itself: `python3` on PATH may be a wrapper that starts slowly. */
export function testPython(): string {
  foundPython ??= execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  return foundPython;
}

export function startLabProcess(environment: Readonly<Record<string, string>> = {}): LabProcess {
  const child = spawn(testPython(), ['-I', '-S', '-c', program, program], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const ask: LabProcess['ask'] = async (command, ...words) => {
    const answer = new Promise<string>((resolve) => waiting.push(resolve));
    child.stdin.write(`${JSON.stringify([command, ...words])}\n`);
    const value: unknown = JSON.parse(await answer);
    return value;
  };
  return {
    pid: child.pid ?? 0,
    ask,
    usageSeconds: async () => Number(await ask('usage')),
    close: () => endLabProcess(child),
  };
}

async function endLabProcess(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await ended;
  }
}
