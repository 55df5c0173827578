/** One thing that is looked at before anything is measured: a row of `doctor`, a line of `run`. */
export interface Check {
  /** What the row is called. */
  readonly name: string;
  /** What its warning is called in the record. */
  readonly code: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** One action that mends it. */
  readonly advice?: string;
}
