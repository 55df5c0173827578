import type { Readable, Writable } from 'node:stream';
import type { ComparisonDeps } from '../core/comparison/comparisonDeps';

/** What the commands get from `main`: streams, environment, the engine's parts. */
export interface CommandContext {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly engine: ComparisonDeps;
  /** The checkout or package that this command line stands in: where the samples are. */
  readonly homeFolder: string;
}
