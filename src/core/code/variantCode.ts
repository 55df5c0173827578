import type { ProjectCopy } from '../target/projectCopy';

/** The code that a variant's processes run, and what was made of it before the first trial. Variants that do not differ in it share one. */
export interface VariantCode {
  /** Absolute path of the interpreter that fills `{python}`. */
  readonly pythonPath: string;
  /** Where the user's project lies for the processes; null: they run in it. */
  readonly project: ProjectCopy | null;
  /** The initial state that `prepare` made with this code; trials copy it. */
  readonly templateFolder: string;
  /** Python's bytecode goes here instead of into the user's folders. */
  readonly bytecodeFolder: string;
  /** Tells its state on servers from that of other code: letters and digits. */
  readonly label: string;
}
