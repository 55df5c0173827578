/** What a generator is asked for: so many of `WebAppUser`, with these waits. */
export interface LoadLevel {
  readonly name: string;
  readonly users: number;
  readonly waitSeconds: readonly [low: number, high: number];
  readonly measuredSeconds: number;
  /** Locust's HttpUser costs at least this many times as much. */
  readonly httpUserFactor: number;
}

/** At low rates waking up is what costs, at the highest the work for each request. */
export const loadLevels: readonly LoadLevel[] = [
  { name: '25 requests/s', users: 50, waitSeconds: [1, 3], measuredSeconds: 24, httpUserFactor: 1 },
  { name: '50 requests/s', users: 100, waitSeconds: [1, 3], measuredSeconds: 20, httpUserFactor: 1 },
  { name: '720 requests/s', users: 38, waitSeconds: [0, 0.1], measuredSeconds: 20, httpUserFactor: 5 },
];

/** All users are there after this long, and the just-in-time compilers have seen them all for this long. */
export const spawnSeconds = 2;
export const settleSeconds = 4;
