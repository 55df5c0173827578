/** What the user can fix: one sentence that names the fix, and what tells most of the output of the command that failed. */
export class SetupError extends Error {
  /**
   * @param {string} sentence
   * @param {readonly string[]} [excerpt]
   */
  constructor(sentence, excerpt = []) {
    super(sentence);
    this.name = 'SetupError';
    this.excerpt = excerpt;
  }
}

/** The set-up was stopped by a signal while a command ran. */
export class SetupStopped extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`stopped by ${signal}`);
    this.name = 'SetupStopped';
    this.signal = signal;
  }
}
