import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { masterWordSchema, type MasterDone, type MasterOrder, type MasterWord } from './masterWords';

export interface ProcessSpec {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Locust's master, which does one load after the other. */
export interface RunningMaster {
  /** Rejects when it says that it failed, ends, or does not say it in time. */
  waitFor<T extends MasterWord['type']>(type: T, seconds: number): Promise<MasterWord & { readonly type: T }>;
  run(order: MasterOrder & { readonly type: 'run' }, onWord: (word: MasterWord) => void): Promise<MasterDone>;
  /** Ends the load that runs; what has been measured is still its result, if it comes within `seconds`. */
  stop(seconds: number): void;
  lastWords(): string;
  close(): Promise<void>;
}

const closeMs = 3_000;
const rememberedCharacters = 2_000;

export function startMaster({ command: [program = '', ...words], cwd, environment }: ProcessSpec): RunningMaster {
  const child = execa(program, words, {
    cwd,
    env: environment,
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    windowsHide: true,
  });
  const listeners = new Set<(word: MasterWord) => void>();
  const onEnd = new Set<(error: Error) => void>();
  let errors = '';
  let hasEnded = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-rememberedCharacters);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = masterWordSchema.safeParse(parse(line));
    if (word.success) for (const listener of [...listeners]) listener(word.data);
  });
  // Written to after its end, it is told of by its end.
  child.stdin.on('error', () => undefined);
  const exited = child.then((result) => {
    hasEnded = true;
    const how = result.signal === undefined ? `exit code ${result.exitCode ?? 'unknown'}` : `signal ${result.signal}`;
    for (const tell of [...onEnd]) tell(new Error(`Its master ended (${how})`));
  });
  const tell = (order: MasterOrder): void => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
  };

  /** The first word that `pick` takes; rejects when the master fails or ends, and by what it returns for giving up. */
  const listen = async <T>(pick: (word: MasterWord) => T | undefined, seconds: number | null): Promise<T> => {
    if (hasEnded) throw new Error('Its master has ended');
    let forget = (): void => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const listener = (word: MasterWord): void => {
          const picked = pick(word);
          if (picked !== undefined) resolve(picked);
          else if (word.type === 'failed') reject(new Error(word.message));
        };
        const timer =
          seconds === null
            ? undefined
            : setTimeout(() => {
                reject(new Error(`Its master said nothing for ${seconds} s`));
              }, seconds * 1000);
        listeners.add(listener);
        onEnd.add(reject);
        giveUp.add(reject);
        forget = () => {
          clearTimeout(timer);
          listeners.delete(listener);
          onEnd.delete(reject);
          giveUp.delete(reject);
        };
      });
    } finally {
      forget();
    }
  };
  const giveUp = new Set<(error: Error) => void>();

  return {
    waitFor: async (type, seconds) => listen((word) => (isOfType(word, type) ? word : undefined), seconds),
    run: async (order, onWord) => {
      tell(order);
      return listen((word) => {
        onWord(word);
        return word.type === 'done' ? word : undefined;
      }, null);
    },
    stop: (seconds) => {
      tell({ type: 'stop' });
      const timer = setTimeout(() => {
        for (const reject of [...giveUp]) reject(new Error('It did not stop'));
      }, seconds * 1000);
      timer.unref();
    },
    lastWords: () => errors.trim(),
    close: async () => {
      child.stdin.end();
      const killer = setTimeout(() => child.kill('SIGKILL'), closeMs);
      await exited;
      clearTimeout(killer);
    },
  };
}

function isOfType<T extends MasterWord['type']>(word: MasterWord, type: T): word is MasterWord & { readonly type: T } {
  return word.type === type;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
