import type { RunEventBody } from '../../shared/events';

/** Paths of the processes that the engine starts, and what else the composition root decides. */
export interface ComparisonDeps {
  readonly entries: { readonly generator: string; readonly collector: string; readonly guard: string };
  /** Of this process: what targets inherit is made from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly toolVersion: string;
  /** The bundled result page, embedded in the HTML report. */
  readonly pageScript: string;
  readonly now: () => number;
}

export interface ComparisonOptions {
  readonly resultsFolder: string;
  /** Ends the run gracefully: finished trials are kept. */
  readonly signal: AbortSignal;
  /** Does not wait any longer for the app's exit. */
  readonly force: AbortSignal;
  readonly onEvent: (event: RunEventBody) => void;
}
