import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import type { LoadResult, ScenarioJob } from '../load/loadJob';
import type { LoadOptions } from '../load/runLoad';
import { findFreePort } from '../target/checkPort';
import type { LocustPython } from './findLocust';
import { locustResult, locustSecond } from './locustResult';
import { masterProgram } from './masterProgram';
import type { MasterWord } from './masterWords';
import { startMaster } from './startMaster';
import { startWorker, type RunningWorker } from './startWorker';
import { workerProgram } from './workerProgram';

/** Locust as the generator of a run's scenario trials: one master and its workers, which stay from the first trial to the last. */
export interface LocustEngine {
  readonly version: string;
  /** The user classes of its file. */
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
  readonly workers: number;
  /** Of the run, removed at its end. */
  readonly workFolder: string;
  /** What its processes inherit; with the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How long workers that have been told to stop, or have just been started, may take to be ready. */
const readySeconds = 30;
const startSeconds = 60;
/** After a stop, this long for what there is. */
const stopGraceSeconds = 15;

/** Starts master and workers. Throws `UserError` ('usage') for a file that Locust cannot load; then nothing of it runs. */
export async function openLocust(options: LocustOptions): Promise<LocustEngine> {
  const folder = path.join(options.workFolder, 'locust');
  await mkdir(folder, { recursive: true });
  const own = path.join(folder, 'insights_comparison_worker.py');
  await writeFile(own, workerProgram);
  const file = typeof options.file === 'string' ? options.file : path.join(folder, 'locustfile.py');
  if (typeof options.file !== 'string') await writeFile(file, options.file.text);
  const port = await findFreePort();
  const environment = { ...options.environment, PYTHONDONTWRITEBYTECODE: '1' };
  const master = startMaster({
    command: [options.python.pythonPath, '-u', '-c', masterProgram, file, String(port)],
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
          ...['--master-host', '127.0.0.1', '--master-port', String(port)],
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
          workers: workers.length,
          waitSeconds: readySeconds,
        },
        (word) => {
          if (word.type === 'warming') onReply?.({ type: 'warming' });
          if (word.type === 'window') onReply?.({ type: 'window', edge: word.edge });
          if (word.type === 'second') onReply?.({ type: 'second', second: locustSecond(word) });
        },
      );
      const stop = (): void => {
        master.stop(stopGraceSeconds);
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        const done = await ended;
        return locustResult(done, load.type === 'rate' ? load.ratePerSecond : null);
      } catch (cause) {
        if (signal.aborted) throw cause;
        throw new Error(`Locust failed: ${cause instanceof Error ? cause.message : String(cause)}\n${lastWords()}`, {
          cause,
        });
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    close,
  };
}
