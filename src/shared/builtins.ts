import type { BehaviourInput } from './behaviour';
import type { ScenarioSpec } from './scenario';

/** The built-in scenarios: `durationSeconds` is measured time per variant, cut into blocks. */
export const builtinScenarios: Readonly<Record<string, ScenarioSpec>> = {
  quick: { ratePerSecond: 40, arrivals: 'even', durationSeconds: 30, blocks: 3, warmupSeconds: 3 },
  light_load: { users: 10, spawnRatePerSecond: 2, durationSeconds: 120 },
  medium_load: { users: 50, spawnRatePerSecond: 5, durationSeconds: 300 },
  heavy_load: { users: 100, spawnRatePerSecond: 10, durationSeconds: 300 },
  burst_load: { users: 200, spawnRatePerSecond: 50, durationSeconds: 180 },
};

const taskNames = 'user_action data_processing report_generation cleanup_task analysis_job';
const home = { name: 'GET /', path: '/' } as const;
const data = { name: 'GET /api/data/', path: '/api/data/' } as const;
const task = {
  name: 'POST /api/task/',
  method: 'POST',
  path: '/api/task/',
  json: { task_name: `{{pick ${taskNames}}}` },
  expect: [200, 201, 202],
} as const;
const error = {
  name: 'GET /api/error/',
  path: '/api/error/?a={{int 0 100}}&b={{int -5 5}}',
  expect: [200, 500],
} as const;
const warmup = { name: 'GET /api/warmup/', path: '/api/warmup/' } as const;

/** The built-in behaviours, in the same vocabulary that users write their own in. */
export const builtinBehaviours: Readonly<Record<string, BehaviourInput>> = {
  WebAppUser: {
    waitSeconds: [1, 3],
    onStart: [warmup],
    requests: [
      { weight: 40, ...home },
      { weight: 30, ...data },
      { weight: 20, ...task, expect: [...task.expect] },
      { weight: 10, ...error, expect: [...error.expect] },
    ],
  },
  HeavyUser: {
    waitSeconds: [0.1, 0.5],
    requests: [
      { weight: 50, ...data },
      { weight: 30, ...task, expect: [...task.expect], repeat: [1, 3] },
      { weight: 20, ...home },
    ],
  },
  BurstUser: {
    waitSeconds: [0, 0.1],
    requests: [
      { weight: 1, name: 'burst', pick: [3, 8], from: [home.name, data.name, task.name, error.name] },
      { weight: 0, ...home },
      { weight: 0, ...data },
      { weight: 0, ...task, expect: [...task.expect] },
      { weight: 0, ...error, expect: [...error.expect] },
    ],
  },
  DatabaseHeavyUser: {
    waitSeconds: [0.5, 1.5],
    requests: [
      { weight: 70, ...data },
      { weight: 30, ...task, expect: [...task.expect] },
    ],
  },
};
