import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RemoteWorkers } from '../../shared/plan';
import { UserError } from '../../shared/userError';
import type { LoadResult, ScenarioJob } from '../load/loadJob';
import type { LoadOptions } from '../load/runLoad';
import { checkPort, findFreePort, portTakenError } from '../target/checkPort';
import { isOwnAddress } from '../target/isOwnAddress';
import type { LocustPython } from './findLocust';
import { locustResult, locustSecond } from './locustResult';
import { masterProgram } from './masterProgram';
import type { MasterWord } from './masterWords';
import { remoteWords, workerFileName } from './remoteWords';
import { startMaster, type RunningMaster } from './startMaster';
import { startWorker, type RunningWorker } from './startWorker';
import { workerProgram } from './workerProgram';

/** Locust as the generator of a run's scenario trials: one master and its workers, which stay from the first trial to the last. */
export interface LocustEngine {
  readonly version: string;
  /** The user classes whose users there are. */
  readonly userClasses: readonly string[];
  /** As `runLoad`. A worker that has ended is started again before the next load. */
  drive(job: ScenarioJob, options: LoadOptions): Promise<LoadResult>;
  /** Ends all of its processes. */
  close(): Promise<void>;
}

export interface LocustOptions {
  readonly python: LocustPython;
  /** The user's file, absolute; else the text of one that is written for the run. */
  readonly file: string | { readonly text: string };
  /** Of its user classes these alone; empty: all. */
  readonly userClasses: readonly string[];
  /** On this machine. */
  readonly workers: number;
  readonly remote: RemoteWorkers | null;
  /** For the files that Locust loads; is made. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Who is waited for, and what there is to do on other machines. */
  readonly onStep: (message: string) => void;
  /** What its processes inherit; with the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How long workers that have been told to stop, or have just been started, may take to be ready. */
const readySeconds = 30;
const startSeconds = 60;
/** Somebody has to start workers on other machines, and to start them again. */
const joinSeconds = 600;
const rejoinSeconds = 120;

/**
 * Starts master and workers, and waits for those on other machines. Throws `UserError` ('usage') for a file that Locust cannot load, and for
 * workers that do not come; then nothing of it runs.
 */
export async function openLocust(options: LocustOptions): Promise<LocustEngine> {
  const { folder, remote } = options;
  await mkdir(folder, { recursive: true });
  const own = path.join(folder, workerFileName);
  await writeFile(own, workerProgram);
  const file = typeof options.file === 'string' ? options.file : path.join(folder, 'locustfile.py');
  if (typeof options.file !== 'string') await writeFile(file, options.file.text);
  const { host, port } = await masterPlace(remote);
  const environment = { ...options.environment, PYTHONDONTWRITEBYTECODE: '1' };
  const master = startMaster({
    command: [options.python.pythonPath, '-u', '-c', masterProgram, file, String(port), host, ...options.userClasses],
    cwd: path.dirname(file),
    environment,
  });
  const workers: (RunningWorker | null)[] = Array.from({ length: options.workers }, () => null);
  const startMissing = (): void => {
    for (const [index, worker] of workers.entries()) {
      if (worker !== null && !worker.hasEnded()) continue;
      workers[index] = startWorker({
        command: [
          ...[options.python.pythonPath, '-m', 'locust', '-f', `${own},${file}`, '--worker'],
          ...['--master-host', host, '--master-port', String(port)],
        ],
        cwd: path.dirname(file),
        environment,
      });
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all([master.close(), ...workers.map(async (worker) => worker?.close())]);
  };
  /** What the workers said last: of one that cannot load its file, why. */
  const lastWords = (): string => {
    const said = workers.map((worker) => worker?.lastWords() ?? '').find((text) => text !== '');
    return said === undefined ? master.lastWords() : said;
  };
  let ready: MasterWord & { readonly type: 'ready' };
  try {
    ready = await master.waitFor('ready', startSeconds);
    startMissing();
  } catch (cause) {
    const lines = master.lastWords();
    await close();
    const what = typeof options.file === 'string' ? file : 'the file that was made of the behaviour';
    throw new UserError('usage', `Locust cannot run ${what}`, {
      hint: cause instanceof Error ? `${cause.message}${lines === '' ? '' : `\n${lines}`}` : lines,
      cause,
    });
  }
  const all = options.workers + (remote?.count ?? 0);
  if (remote) {
    try {
      await awaitRemote(master, remote, all, { ...options, version: ready.version });
    } catch (error) {
      await close();
      throw error;
    }
  }
  return {
    version: ready.version,
    userClasses: ready.users,
    drive: async (job, { signal, onReply }) => {
      signal.throwIfAborted();
      startMissing();
      const load = job.load;
      const users = load.type === 'users' ? load.users : Math.max(1, Math.ceil(load.ratePerSecond));
      const ended = master.run(
        {
          type: 'run',
          origin: job.origin,
          prefix: job.requestIdPrefix,
          seed: `${job.seed}/${job.block}`,
          users,
          spawnRate: load.type === 'users' ? load.spawnRatePerSecond : users,
          warmupSeconds: job.warmupSeconds,
          durationSeconds: job.durationSeconds,
          workers: all,
          waitSeconds: remote === null ? readySeconds : rejoinSeconds,
        },
        {
          signal,
          onWord: (word) => {
            if (word.type === 'warming') onReply?.({ type: 'warming' });
            if (word.type === 'window') onReply?.({ type: 'window', edge: word.edge });
            if (word.type === 'second') onReply?.({ type: 'second', second: locustSecond(word) });
          },
        },
      );
      try {
        const done = await ended;
        return locustResult(done, load.type === 'rate' ? load.ratePerSecond : null);
      } catch (cause) {
        if (signal.aborted) throw cause;
        throw new Error(`Locust failed: ${cause instanceof Error ? cause.message : String(cause)}\n${lastWords()}`, {
          cause,
        });
      }
    },
    close,
  };
}

/** Where the master listens: for workers of this machine alone, where no other machine reaches it. Throws `UserError` for a taken port. */
async function masterPlace(remote: RemoteWorkers | null): Promise<Pick<RemoteWorkers, 'host' | 'port'>> {
  if (remote === null) return { host: '127.0.0.1', port: await findFreePort() };
  if (!isOwnAddress(remote.host)) {
    throw new UserError('usage', `${remote.host} is no address of this machine`, {
      hint: 'Name the one that the other machines reach: --master-bind ADDRESS.',
    });
  }
  const found = await checkPort(remote.port, remote.host);
  if (found.state === 'free') return remote;
  const { message } = portTakenError(remote.port, found);
  throw new UserError('usage', message, { hint: `Name another one: --master-bind ${remote.host}:PORT.` });
}

async function awaitRemote(
  master: RunningMaster,
  remote: RemoteWorkers,
  all: number,
  {
    folder,
    file,
    version,
    signal,
    onStep,
  }: Pick<LocustOptions, 'folder' | 'file' | 'signal' | 'onStep'> & {
    readonly version: string;
  },
): Promise<void> {
  signal.throwIfAborted();
  const { count, host, port } = remote;
  onStep(`Waiting for ${count} ${count === 1 ? 'worker' : 'workers'} of other machines at ${host}:${port}`);
  for (const words of remoteWords(remote, { folder, ownFile: typeof file === 'string' ? file : null, version }))
    onStep(words);
  const onWord = (word: MasterWord): void => {
    if (word.type === 'joined') onStep(`${word.workers} of ${all} workers are there`);
    if (word.type === 'refused') onStep(`A worker of Locust ${word.version} was sent away: this is ${version}`);
  };
  try {
    await master.gather({ type: 'gather', workers: all, waitSeconds: joinSeconds }, { onWord, signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new UserError('usage', `Not all workers came within ${joinSeconds / 60} min`, {
      hint: `${cause instanceof Error ? cause.message : String(cause)}. Is port ${port} of ${host} open to the other machines?`,
      cause,
    });
  }
}
