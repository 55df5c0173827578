import { createInterface } from 'node:readline';
import { masterWordSchema, type MasterDone, type MasterOrder, type MasterWord } from './masterWords';
import { startChild, type ProcessSpec } from './startChild';

/** Locust's master, which does one load after the other. */
export interface RunningMaster {
  /** Rejects when it says that it failed, ends, or does not say it in time. */
  waitFor<T extends MasterWord['type']>(type: T, seconds: number): Promise<MasterWord & { readonly type: T }>;
  /** Resolves when so many workers are there. */
  gather(order: MasterOrder & { readonly type: 'gather' }, options: OrderOptions): Promise<void>;
  /** A load that the signal ends has what was measured as its result still, if it comes in time. */
  run(order: MasterOrder & { readonly type: 'run' }, options: OrderOptions): Promise<MasterDone>;
  lastWords(): string;
  close(): Promise<void>;
}

export interface OrderOptions {
  readonly onWord: (word: MasterWord) => void;
  /** Ends what was ordered. */
  readonly signal: AbortSignal;
}

const closeMs = 3_000;
/** After a stop, this long for what there is. */
const stopGraceSeconds = 15;

export function startMaster(spec: ProcessSpec): RunningMaster {
  const { child, ended, hasEnded, lastWords, awaitEnd } = startChild(spec);
  const listeners = new Set<(word: MasterWord) => void>();
  /** Whoever waits for a word that will not come. */
  const waiting = new Set<(error: Error) => void>();
  const giveUp = (message: string): void => {
    for (const reject of [...waiting]) reject(new Error(message));
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = masterWordSchema.safeParse(parse(line));
    if (word.success) for (const listener of [...listeners]) listener(word.data);
  });
  void ended.then((how) => {
    giveUp(`Its master ended (${how})`);
  });
  const tell = (order: MasterOrder): void => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
  };

  const stop = (): void => {
    tell({ type: 'stop' });
    const timer = setTimeout(() => {
      giveUp('It did not stop');
    }, stopGraceSeconds * 1000);
    timer.unref();
  };

  /** The first word that `pick` takes; rejects when the master fails, ends or is given up. */
  const listen = async <T>(pick: (word: MasterWord) => T | undefined, seconds: number | null): Promise<T> => {
    if (hasEnded()) throw new Error('Its master has ended');
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
        waiting.add(reject);
        forget = () => {
          clearTimeout(timer);
          listeners.delete(listener);
          waiting.delete(reject);
        };
      });
    } finally {
      forget();
    }
  };

  /** Resolves with the word that ends the order. */
  const carryOut = async <T extends MasterWord['type']>(
    order: MasterOrder,
    last: T,
    { onWord, signal }: OrderOptions,
  ): Promise<MasterWord & { readonly type: T }> => {
    tell(order);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await listen((word) => {
        onWord(word);
        return isOfType(word, last) ? word : undefined;
      }, null);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };

  return {
    waitFor: async (type, seconds) => listen((word) => (isOfType(word, type) ? word : undefined), seconds),
    gather: async (order, options) => {
      await carryOut(order, 'gathered', options);
    },
    run: async (order, options) => carryOut(order, 'done', options),
    lastWords,
    close: async () => {
      child.stdin.end();
      await awaitEnd(closeMs);
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
