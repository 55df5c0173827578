import { execa } from 'execa';

export interface ProcessSpec {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

const rememberedCharacters = 2_000;

/** Starts one of Locust's processes. What it writes to its standard error is remembered, and what `remember` is called with. */
export function startChild({ command: [program = '', ...words], cwd, environment }: ProcessSpec) {
  const child = execa(program, words, {
    cwd,
    env: environment,
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    windowsHide: true,
  });
  let text = '';
  let hasEnded = false;
  const remember = (chunk: string): void => {
    text = (text + chunk).slice(-rememberedCharacters);
  };
  child.stderr.setEncoding('utf8').on('data', remember);
  // Written to after its end, it is told of by its end.
  child.stdin.on('error', () => undefined);
  /** Resolves with how it ended: `exit code 1`, `signal SIGKILL`. */
  const ended = child.then(({ signal, exitCode }) => {
    hasEnded = true;
    return signal === undefined ? `exit code ${exitCode ?? 'unknown'}` : `signal ${signal}`;
  });
  return {
    child,
    remember,
    ended,
    hasEnded: () => hasEnded,
    /** The end of what it wrote. */
    lastWords: () => text.trim(),
    /** After it has been asked to end: kills it when it takes longer. */
    async awaitEnd(graceMs: number): Promise<void> {
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killer);
    },
  };
}
