import type { CollectorMode, CollectorReport } from './collectorReport';

/** A local endpoint that speaks Honeybadger's wire format, in a process of its own. */
export interface Collector {
  /** What goes into HONEYBADGER_ENDPOINT: `https://127.0.0.1:PORT`, no trailing slash. */
  readonly endpoint: string;
  /** PEM of the run's throw-away certificate authority; null on plain HTTP. */
  readonly certificateAuthorityPem: string | null;
  readonly pid: number;
  /** Opens the book for one API key. Events under an unknown key are answered 201 and counted nowhere. */
  open(apiKey: string, requestIdPrefix: string): Promise<void>;
  /** What arrived so far under that key. */
  report(apiKey: string): Promise<CollectorReport>;
  setMode(mode: CollectorMode): Promise<void>;
  /** The collector process's own CPU so far, in seconds. */
  cpuSeconds(): Promise<number>;
  /** Rejects when the process ends without having been asked to. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

export interface CollectorOptions {
  /** Path of the bundled `collector.js`. */
  readonly entry: string;
  readonly isSecure: boolean;
  readonly environment: Readonly<Record<string, string>>;
}
