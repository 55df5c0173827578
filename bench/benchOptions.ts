/** What `npm run bench` hands to each part: `bench/<part>.bench.ts` exports `bench(options)`. */
export interface BenchOptions {
  /** The checkout. */
  readonly root: string;
  /** A temporary folder, removed at the end. */
  readonly scratch: string;
  readonly say: (line: string) => void;
}

/** False: a ratio is beyond its limit. Nothing: the part only shows. */
export type BenchResult = Promise<boolean | undefined>;
