import { execa } from 'execa';
import type { ProcessSpec } from './startMaster';

/** One worker of Locust on this machine. */
export interface RunningWorker {
  hasEnded(): boolean;
  /** The end of what it wrote. */
  lastWords(): string;
  close(): Promise<void>;
}

const closeMs = 2_000;
const rememberedCharacters = 2_000;

export function startWorker({ command: [program = '', ...words], cwd, environment }: ProcessSpec): RunningWorker {
  const child = execa(program, words, {
    cwd,
    env: environment,
    extendEnv: false,
    reject: false,
    buffer: false,
    all: true,
    stdin: 'ignore',
    windowsHide: true,
  });
  let text = '';
  let hasEnded = false;
  child.all.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-rememberedCharacters);
  });
  const exited = child.then(() => {
    hasEnded = true;
  });
  return {
    hasEnded: () => hasEnded,
    lastWords: () => text.trim(),
    close: async () => {
      // Told to end it would report to a master that is gone.
      const killer = setTimeout(() => child.kill('SIGKILL'), closeMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(killer);
    },
  };
}
