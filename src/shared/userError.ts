/** Exit codes of the command line: `contract.md`, "Exit codes". */
export const exitCodes = {
  done: 0,
  budgetFailed: 1,
  usage: 2,
  target: 3,
  inconclusive: 4,
  invalid: 5,
  bug: 70,
  stopped: 130,
} as const;

export type UserErrorCode = 'usage' | 'target' | 'invalid';

/**
 * Something the user can fix: one sentence that says what is wrong, and a hint that names the fix.
 * Everything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly hint: string | undefined;

  constructor(code: UserErrorCode, sentence: string, options: { hint?: string; cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.hint = options.hint;
  }

  /** The exit code that this error ends a command with. */
  get exitCode(): number {
    return exitCodes[this.code];
  }
}
